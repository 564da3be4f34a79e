#!/bin/bash
# Explains what EfficientNet-Lite0 sees in the example photographs, compares methods on two classes,
# and studies spectra of coffee. Run it through `make demo`.
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
  --method grad-cam -o "$output" --force

"$vitrine" compare Examples/models/efficientnet-lite0.onnx Examples/pictures/cat-above-coffee.png \
  --methods grad-cam,relevance-cam,relevance-map \
  --layers _blocks.3/_swish/Clip,_blocks.11/_swish/Clip,default \
  --target "tiger cat" --target espresso -o "$output" --force

"$vitrine" study Examples/spectra/coffee-origin.csv --splits 20 -o "$output/study"

echo "The pictures are in $(cd "$output" && pwd):"
find "$output" -maxdepth 1 -name '*.png' | sort | sed 's/^/  /'
echo "The report of the study of coffee is $(cd "$output/study" && pwd)/report.html"
