#!/usr/bin/env bash
# Generates Sources/ONNXSchema/onnx.pb.swift from onnx.proto.
# Needs protoc (Debian: protobuf-compiler, Homebrew: protobuf); builds the Swift plugin from the
# swift-protobuf checkout of this package, so that plugin and library are of the same release.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v protoc >/dev/null; then
  echo "protoc is missing; install protobuf-compiler (Debian) or protobuf (Homebrew)" >&2
  exit 1
fi

swift package resolve
checkout=.build/checkouts/swift-protobuf
scratch=.build/protoc-plugin
swift build --package-path "$checkout" --scratch-path "$scratch" --product protoc-gen-swift
plugin="$(swift build --package-path "$checkout" --scratch-path "$scratch" --show-bin-path)"

protoc \
  --plugin="$plugin/protoc-gen-swift" \
  --proto_path=Sources/ONNXSchema \
  --swift_opt=Visibility=Package \
  --swift_opt=UseAccessLevelOnImports=true \
  --swift_out=Sources/ONNXSchema \
  onnx.proto
echo "wrote Sources/ONNXSchema/onnx.pb.swift"
