#!/bin/bash
# Explains what EfficientNet-Lite0 sees in the example photographs. Run it through `make demo`.
set -euo pipefail
cd "$(dirname "$0")/.."

vitrine=${VITRINE:-.build/release/vitrine}
output=${1:-demo}

if [ ! -x "$vitrine" ]; then
  echo "demo: $vitrine is not built; run \`make demo\`" >&2
  exit 1
fi

mkdir -p "$output"
"$vitrine" explain Examples/models/efficientnet-lite0.onnx \
  Examples/pictures/*.png Examples/pictures/*.jpg \
  --method grad-cam -o "$output"

echo "The pictures are in $(cd "$output" && pwd):"
find "$output" -name '*.png' | sort | sed 's/^/  /'
