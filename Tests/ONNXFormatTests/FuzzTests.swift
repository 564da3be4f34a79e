import Foundation
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// Damaged files are refused with an error or read; they never crash or hang.
struct FuzzTests {
  private static let files = [
    "data/model-wheat-protein/model.onnx", "data/model-mnist-cntk/model.onnx",
    "data/onnx-conformance/node/test_convtranspose_output_shape/model.onnx",
    "data/onnx-conformance/node/test_averagepool_2d_ceil/model.onnx",
    "data/onnx-conformance/node/test_slice_neg_steps/model.onnx",
    "data/onnx-conformance/node/test_gemm_all_attributes/model.onnx",
    "data/onnx-conformance/node/test_lrn/model.onnx",
    "data/onnx-conformance/node/test_batchnorm_example/model.onnx",
    "data/onnx-conformance/node/test_reduce_mean_negative_axes_keepdims_random/model.onnx",
    "data/onnx-conformance/node/test_split_variable_parts_2d/model.onnx",
    "data/onnx-conformance/pytorch-converted/test_PixelShuffle/model.onnx",
    "data/onnx-conformance/pytorch-converted/test_ReflectionPad2d/model.onnx",
    "data/onnx-conformance/pytorch-operator/test_operator_symbolic_override/model.onnx",
    "data/onnx-conformance/simple/test_expand_shape_model4/model.onnx",
  ]

  @Test(.needsShared("data/onnx-conformance"))
  func mutantsAreReadOrRefused() throws {
    var generator = SeededGenerator(seed: 20_261_121)
    var outcomes = (read: 0, refused: 0)
    for path in Self.files {
      let original = try Data(contentsOf: try #require(SharedData.folder(path)))
      for _ in 0..<180 {
        let mutant = mutated(original, using: &generator)
        do {
          _ = try ONNXFile(mutant, name: "mutant").imported()
          outcomes.read += 1
        } catch {
          #expect(!error.description.isEmpty)
          outcomes.refused += 1
        }
      }
    }
    print("\(outcomes.read) mutants read, \(outcomes.refused) refused")
    #expect(outcomes.read + outcomes.refused >= 2000)
    #expect(outcomes.refused >= 500)
  }

  /// One to four damages: a cut, flipped bits, a run of bytes, or a number made huge.
  private func mutated(
    _ original: Data, using generator: inout SeededGenerator
  ) -> Data {
    var bytes = [UInt8](original)
    // Most of a file is weights; the structure lies at both ends.
    func place(_ count: Int, _ generator: inout SeededGenerator) -> Int {
      let edge = min(count, 1500)
      let index = Int.random(in: 0..<edge, using: &generator)
      return Bool.random(using: &generator) ? index : count - 1 - index
    }
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let index = place(bytes.count, &generator)
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: bytes.removeSubrange(index...)
      case 1...3: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 4: bytes[index] = UInt8.random(in: 0...255, using: &generator)
      case 5:
        let end = min(bytes.count, index + Int.random(in: 1...16, using: &generator))
        for position in index..<end {
          bytes[position] = [0, 0x7f, 0xff].randomElement(using: &generator) ?? 0
        }
      case 6:
        // Replacing in place keeps the lengths of the messages around it right.
        let end = min(bytes.count, index + 9)
        for position in index..<end { bytes[position] = position == end - 1 ? 0x7f : 0xff }
      default: bytes.removeSubrange(index..<min(bytes.count, index + 3))
      }
    }
    return Data(bytes)
  }
}
