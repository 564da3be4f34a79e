#!/bin/bash
# Checks what the compiler does not: formatting, lengths, and what may be written where.
set -euo pipefail
cd "$(dirname "$0")/.."

failures=0
fail() {
  echo "lint: $*" >&2
  failures=$((failures + 1))
}

# Swift files written by hand, one per line; the ONNX messages are generated.
sources() {
  find "$@" -name .build -prune -o -name '*.swift' -print | grep -v '^Sources/ONNXSchema/' || true
}

folders=(Sources Tests)
if [ -d Benchmarks ]; then folders+=(Benchmarks); fi

mapfile -t files < <(sources "${folders[@]}" | sort)
swift format lint --strict --parallel Package.swift "${files[@]}" || fail "formatting"

for file in "${files[@]}"; do
  limit=400
  case "$file" in Tests/*) limit=500 ;; esac
  lines=$(wc -l < "$file")
  if [ "$lines" -gt "$limit" ]; then fail "$file has $lines lines; the limit is $limit"; fi
done

# Unsafe code: GraphExecution, and one file for each wrapper of another C library.
for target in Sources/*/ Sources/Study/*/; do
  target=${target%/}
  case "$target" in
    Sources/GraphExecution | Sources/ONNXSchema | Sources/Study) continue ;;
    Sources/TensorCore | Sources/Explanations | Sources/ImageData | Sources/Figures \
      | Sources/Study/Chemometrics) allowed=1 ;;
    *) allowed=0 ;;
  esac
  found=$(grep -rlw --include='*.swift' unsafe "$target" || true)
  count=$(printf '%s' "$found" | grep -c . || true)
  if [ "$count" -gt "$allowed" ]; then
    fail "unsafe code in $count files of $target, $allowed allowed:" $found
  fi
done

# What ends the process instead of throwing. The formatter finds force unwrapping.
if sources Sources | xargs grep -nE '\b(fatalError|try!|unsafeBitCast|nonisolated\(unsafe\))' \
  | grep -v '^Sources/GraphExecution/.*unsafeBitCast'
then
  fail "the lines above"
fi

# Nothing in the repository depends on somebody's machine.
if git grep -nIE '(^|[^A-Za-z0-9_.:/-])/(home|root|Users|mnt|srv|work)/' -- . ':!LICENSE'; then
  fail "the lines above name a path of one machine"
fi

if [ "$failures" -gt 0 ]; then
  echo "lint: $failures checks failed" >&2
  exit 1
fi
echo "lint: ${#files[@]} Swift files are clean"
