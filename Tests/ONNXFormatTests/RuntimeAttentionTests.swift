import Foundation
import GraphExecution
import GraphRewriting
import ONNXSchema
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// ONNX Runtime's operators of attention against sums over steps in `Double`, which ONNX Runtime
/// agrees with to 1e-6.
struct RuntimeAttentionTests {
  /// What hides steps from queries, and how logits are scaled.
  struct Variant: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var mask: Tensor?
    var bias: Tensor?
    var isCausal = false
    var scale: Float?
    var filter: Float?
    var sizes: [Int]?
    var hasBias = true
    var isSelf = true
  }

  static let variants: [Variant] = {
    var generator = SeededGenerator(seed: 3)
    let square = Tensor.random([2, 2, 4, 4], using: &generator)
    let wide = Tensor.random([1, 2, 3, 5], using: &generator)
    let mask = Tensor(shape: [2, 4], elements: [1, 1, 0, 1, 1, 1, 1, 0])
    let wideMask = Tensor(shape: [2, 5], elements: [1, 1, 1, 0, 1, 0, 1, 1, 1, 1])
    let lower = (0..<32).map { Float($0 % 4 <= $0 / 4 % 4 ? 1 : 0) }
    return [
      Variant(testDescription: "plain"), Variant(testDescription: "no bias", hasBias: false),
      Variant(testDescription: "mask", mask: mask),
      Variant(testDescription: "weak mask", mask: mask, filter: -2),
      Variant(
        testDescription: "mask of queries", mask: Tensor(shape: [2, 4, 4], elements: lower)),
      Variant(testDescription: "causal", isCausal: true),
      Variant(testDescription: "causal with a mask", mask: mask, isCausal: true),
      Variant(testDescription: "scale", scale: 0.3),
      Variant(testDescription: "added to logits", bias: square),
      Variant(testDescription: "wider values", sizes: [4, 4, 8]),
      Variant(testDescription: "cross", isSelf: false),
      Variant(testDescription: "cross, no bias", hasBias: false, isSelf: false),
      Variant(testDescription: "cross with a mask", mask: wideMask, isSelf: false),
      Variant(
        testDescription: "cross with all", mask: wideMask, bias: wide, scale: 0.7, isSelf: false),
      // The last query sees all.
      Variant(testDescription: "cross, causal", isCausal: true, isSelf: false),
    ]
  }()

  private let heads = 2

  @Test(arguments: variants)
  func `what is attended to is a mean of values`(variant: Variant) throws {
    var generator = SeededGenerator(seed: 5)
    let sizes = variant.sizes ?? (variant.isSelf ? [6, 6, 6] : [4, 4, 6])
    let bias = Tensor.random([sizes.reduce(0, +)], using: &generator)
    let added = variant.hasBias ? bias.elements : bias.elements.map { _ in 0 }
    var inputs: [(String, Tensor)] = []
    var parts: [ReferenceTensor] = []
    if variant.isSelf {
      let x = Tensor.random([2, 4, 5], using: &generator)
      let weights = Tensor.random([5, sizes.reduce(0, +)], using: &generator)
      inputs = [("x", x), ("w", weights)]
      let ends = [0, sizes[0], sizes[0] + sizes[1]]
      parts = zip(ends, sizes).map { projected(x, weights, added, columns: $0..<$0 + $1) }
    } else {
      let shapes: [Shape] = [[2, 3, 4], [2, 5, 4], [2, 5, 6]]
      let given = shapes.map { Tensor.random($0, using: &generator) }
      inputs = zip(["q", "k", "v"], given).map { ($0, $1) }
      let starts = [0, 4, 8]
      parts = zip(given, starts).map { tensor, start in
        let width = tensor.shape[2]
        return ReferenceTensor(
          shape: tensor.shape,
          elements: tensor.elements.enumerated().map {
            Double($1) + Double(added[start + $0 % width])
          })
      }
    }
    let result = try run(variant, inputs, bias)
    expectClose(ReferenceTensor(result), attended(parts, variant), absolute: 2e-6, relative: 1e-5)
  }

  private func run(
    _ variant: Variant, _ inputs: [(String, Tensor)], _ bias: Tensor
  ) throws -> Tensor {
    var inputs = inputs
    var names = inputs.map(\.0) + [variant.hasBias ? "b" : ""]
    if variant.hasBias { inputs.append(("b", bias)) }
    names.append(variant.mask == nil ? "" : "m")
    if let mask = variant.mask { inputs.append(("m", mask)) }
    // A state of earlier steps stands between in Attention.
    if variant.isSelf { names.append("") }
    names.append(variant.bias == nil ? "" : "a")
    if let bias = variant.bias { inputs.append(("a", bias)) }
    var numbers: [String: Float] = [:]
    numbers["scale"] = variant.scale
    numbers["mask_filter_value"] = variant.filter
    let node = TestModel.node(
      variant.isSelf ? "Attention" : "MultiHeadAttention", names, ["y"],
      ints: variant.sizes.map { ["qkv_hidden_sizes": $0.map(Int64.init)] } ?? [:],
      domain: "com.microsoft", numbers: numbers,
      flags: ["num_heads": Int64(heads), "unidirectional": variant.isCausal ? 1 : 0])
    let file = try TestModel.file(
      TestModel.graph(
        inputs: inputs.map { ($0.0, $0.1.shape.extents.map { "\($0)" }) }, outputs: ["y"],
        nodes: [node]))
    let values = Dictionary(uniqueKeysWithValues: inputs)
    return try #require(try Program(file.graph().canonicalized()).run(values).byName["y"])
  }

  private func projected(
    _ x: Tensor, _ weights: Tensor, _ bias: [Float], columns: Range<Int>
  ) -> ReferenceTensor {
    let (features, width) = (weights.shape[0], weights.shape[1])
    let rows = x.elements.count / features
    return ReferenceTensor(
      shape: [x.shape[0], x.shape[1], columns.count],
      elements: (0..<rows).flatMap { row in
        columns.map { column in
          (0..<features).reduce(Double(bias[column])) {
            $0 + Double(x.elements[row * features + $1])
              * Double(weights.elements[$1 * width + column])
          }
        }
      })
  }

  /// Query, key and value, `[samples, steps, heads · size]`, query by query.
  private func attended(_ parts: [ReferenceTensor], _ variant: Variant) -> ReferenceTensor {
    let (q, k, v) = (parts[0], parts[1], parts[2])
    let (samples, rows, steps) = (q.shape[0], q.shape[1], k.shape[1])
    let (size, width) = (q.shape[2] / heads, v.shape[2] / heads)
    let scale = variant.scale.map(Double.init) ?? 1 / Double(size).squareRoot()
    var result = ReferenceTensor(shape: [samples, rows, v.shape[2]])
    for sample in 0..<samples {
      for head in 0..<heads {
        for row in 0..<rows {
          let logits = (0..<steps).map { step -> Double in
            let product = (0..<size).reduce(0.0) {
              $0 + q.elements[(sample * rows + row) * size * heads + head * size + $1]
                * k.elements[(sample * steps + step) * size * heads + head * size + $1]
            }
            return product * scale + added(variant, sample, head, row, step, rows, steps)
          }
          let largest = logits.max() ?? 0
          let shares = logits.map { exp($0 - largest) }
          let sum = shares.reduce(0, +)
          for column in 0..<width {
            result.elements[(sample * rows + row) * width * heads + head * width + column] =
              shares.enumerated().reduce(0) {
                $0 + $1.element / sum
                  * v.elements[(sample * steps + $1.offset) * width * heads + head * width + column]
              }
          }
        }
      }
    }
    return result
  }

  /// What is added to one logit.
  private func added(
    _ variant: Variant, _ sample: Int, _ head: Int, _ row: Int, _ step: Int, _ rows: Int,
    _ steps: Int
  ) -> Double {
    let low = Double(variant.filter ?? -10_000)
    var sum = 0.0
    if let mask = variant.mask {
      let index =
        mask.shape.rank == 2 ? sample * steps + step : (sample * rows + row) * steps + step
      sum += (1 - Double(mask.elements[index])) * low
    }
    if let bias = variant.bias {
      let place = sample % bias.shape[0] * heads + head
      sum += Double(bias.elements[(place * rows + row) * steps + step])
    }
    if variant.isCausal, step > row, row < rows - 1 { sum += low }
    return sum
  }
}
