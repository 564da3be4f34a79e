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
for folder in Benchmarks Examples; do
  if [ -d "$folder" ]; then folders+=("$folder"); fi
done

mapfile -t files < <(sources "${folders[@]}" | sort)
swift format lint --strict --parallel Package.swift "${files[@]}" || fail "formatting"

for file in "${files[@]}"; do
  limit=400
  case "$file" in Tests/*) limit=500 ;; esac
  lines=$(wc -l < "$file")
  if [ "$lines" -gt "$limit" ]; then fail "$file has $lines lines; the limit is $limit"; fi
done

# Functions; those of tests may be tables of cases.
mapfile -t long < <(
  printf '%s\n' "${files[@]}" | grep -v '^Tests/' | xargs awk -v limit=40 -f Scripts/long_functions.awk
  printf '%s\n' "${files[@]}" | grep '^Tests/' | xargs awk -v limit=70 -f Scripts/long_functions.awk
)
for line in "${long[@]}"; do fail "$line; the limit is 40, of tests 70"; done

# Unsafe code: GraphExecution, and one file for each wrapper of a C library (of Workflows: its files).
for target in Sources/*/ Sources/Study/*/; do
  target=${target%/}
  case "$target" in
    Sources/GraphExecution | Sources/ONNXSchema | Sources/Study) continue ;;
    Sources/TensorCore | Sources/Explanations | Sources/Figures | Sources/Workflows)
      allowed=1 ;;
    Sources/Study/Chemometrics) allowed=1 ;;
    Sources/ImageData) allowed=3 ;;
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

# What is synchronized by hand: the engine, its thread, its bytes and what runs on it.
if sources Sources | xargs grep -n '@unchecked Sendable' \
  | grep -vE '^Sources/GraphExecution/(Program|Library/(Engine|KernelThread|Memory))\.swift:'
then
  fail "the lines above are outside of the engine; use Mutex"
fi

# Facts stand with the operations: whoever tests for many types of operations keeps a table that
# operations should answer. Lowering and export are such tables; graph passes may be about a few.
operations=$(grep -rhoE 'struct [A-Z][A-Za-z]+: [A-Za-z, ]*Operation\b' Sources/Operations Sources/GraphIR \
  | sed -E 's/struct ([A-Za-z]+).*/\1/' | sort -u | paste -sd '|')
for target in Sources/*/ Sources/Study/*/; do
  target=${target%/}
  if [ ! -d "$target" ]; then continue; fi
  case "$target" in
    Sources/Study | Sources/Operations | Sources/GraphExecution) continue ;;
    Sources/GraphRewriting) allowed=10 ;;
    *) allowed=5 ;;
  esac
  found=$(grep -rhoE --include='*.swift' --exclude-dir=Export "\\b(is|as\\??) ($operations)\\b" "$target" \
    | awk '{ print $2 }' | sort -u || true)
  count=$(printf '%s' "$found" | grep -c . || true)
  if [ "$count" -gt "$allowed" ]; then
    fail "$target tests for $count types of operations, $allowed allowed; ask a fact instead:" $found
  fi
done

# Nothing in the repository depends on somebody's machine.
if git grep -nIE '(^|[^A-Za-z0-9_.:/-])/(home|root|Users|mnt|srv|work)/' -- . ':!LICENSE'; then
  fail "the lines above name a path of one machine"
fi

if [ "$failures" -gt 0 ]; then
  echo "lint: $failures checks failed" >&2
  exit 1
fi
echo "lint: ${#files[@]} Swift files are clean"
