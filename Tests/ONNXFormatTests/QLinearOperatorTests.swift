import Foundation
import GraphExecution
import GraphRewriting
import ONNXSchema
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// ONNX Runtime's operators of quantized numbers: real functions of what integers stand for, in
/// `Double`, brought to integers again.
struct QLinearOperatorTests {
  /// A scale and a zero point of bytes.
  struct Step: Sendable {
    let scale: Float
    let zero: Int

    /// What a number is rounded to, and how far it lies from where rounding changes, in steps.
    func rounded(_ x: Double) -> (value: Double, margin: Double) {
      let steps = x / Double(scale)
      let level = min(max(steps.rounded(.toNearestOrEven) + Double(zero), 0), 255)
      let margin = abs(abs(steps - steps.rounded(.down)) - 0.5)
      return ((level - Double(zero)) * Double(scale), margin)
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let type: String
    let shapes: [Shape]
    let result: Step
    /// The names of the operator's inputs: `q0 s0 z0` of the first quantized input, `s z` of the result.
    var inputs = "q0 s0 z0 s z"
    var ints: [String: [Int64]] = [:]
    var flags: [String: Int64] = [:]
    var numbers: [String: Float] = [:]
    /// The real function.
    let function: @Sendable ([ReferenceTensor]) -> ReferenceTensor

    var testDescription: String { type }
  }

  private static let steps = [Step(scale: 0.02, zero: 110), Step(scale: 0.017, zero: 60)]

  private static let two = "q0 s0 z0 q1 s1 z1 s z"

  private static func elementwise(
    _ function: @escaping @Sendable (Double) -> Double
  ) -> @Sendable ([ReferenceTensor]) -> ReferenceTensor {
    { ReferenceTensor(shape: $0[0].shape, elements: $0[0].elements.map(function)) }
  }

  private static func pairs(
    _ function: @escaping @Sendable (Double, Double) -> Double
  ) -> @Sendable ([ReferenceTensor]) -> ReferenceTensor {
    {
      ReferenceTensor(
        shape: $0[0].shape, elements: zip($0[0].elements, $0[1].elements).map(function))
    }
  }

  /// Means of windows of `[1, 2, 4, 6]`.
  private static func means(_ rows: Int, _ columns: Int)
    -> @Sendable ([ReferenceTensor])
    -> ReferenceTensor
  {
    { inputs in
      ReferenceTensor(shape: [1, 2, 4 / rows, 6 / columns]) { place in
        var sum = 0.0
        for row in 0..<rows {
          for column in 0..<columns {
            let index =
              (place[1] * 4 + place[2] * rows + row) * 6 + place[3] * columns + column
            sum += inputs[0].elements[index]
          }
        }
        return sum / Double(rows * columns)
      }
    }
  }

  static let cases = [
    Case(
      type: "QLinearAdd", shapes: [[2, 3, 5], [2, 3, 5]], result: Step(scale: 0.03, zero: 110),
      inputs: two, function: pairs { $0 + $1 }),
    Case(
      type: "QLinearMul", shapes: [[2, 3, 5], [2, 3, 5]], result: Step(scale: 0.02, zero: 120),
      inputs: two, function: pairs { $0 * $1 }),
    Case(
      type: "QLinearSigmoid", shapes: [[4, 9]], result: Step(scale: 1 / 256, zero: 0),
      function: elementwise { 1 / (1 + exp(-$0)) }),
    Case(
      type: "QLinearLeakyRelu", shapes: [[4, 9]], result: Step(scale: 0.01, zero: 100),
      numbers: ["alpha": 0.1], function: elementwise { $0 < 0 ? 0.1 * $0 : $0 }),
    Case(
      type: "QLinearSoftmax", shapes: [[6, 4]], result: Step(scale: 1 / 256, zero: 0),
      flags: ["axis": 1, "opset": 13]
    ) { inputs in
      ReferenceTensor(shape: [6, 4]) { place in
        let row = (0..<4).map { exp(inputs[0].elements[place[0] * 4 + $0]) }
        return row[place[1]] / row.reduce(0, +)
      }
    },
    Case(
      type: "QLinearAveragePool", shapes: [[1, 2, 4, 6]], result: Step(scale: 0.011, zero: 128),
      ints: ["kernel_shape": [2, 3], "strides": [2, 3]], function: means(2, 3)),
    Case(
      type: "QLinearGlobalAveragePool", shapes: [[1, 2, 4, 6]],
      result: Step(scale: 0.004, zero: 128), function: means(4, 6)),
    Case(
      type: "QLinearReduceMean", shapes: [[1, 2, 4, 6]], result: Step(scale: 0.004, zero: 128),
      ints: ["axes": [2, 3]], flags: ["keepdims": 1], function: means(4, 6)),
    Case(
      type: "QLinearConcat", shapes: [[2, 4], [2, 4]], result: Step(scale: 0.025, zero: 90),
      inputs: "s z q0 s0 z0 q1 s1 z1", flags: ["axis": 1]
    ) { inputs in
      ReferenceTensor(shape: [2, 8]) { place in
        inputs[place[1] / 4].elements[place[0] * 4 + place[1] % 4]
      }
    },
    Case(
      type: "QLinearWhere", shapes: [[3, 8], [3, 8]], result: Step(scale: 0.025, zero: 90),
      inputs: "c " + two
    ) { inputs in
      ReferenceTensor(
        shape: [3, 8],
        elements: zip(inputs[0].elements, inputs[1].elements).map { $0 > 0 ? $0 : $1 })
    },
    // α counts for the bias too, which is in steps of the product.
    Case(
      type: "QGemm", shapes: [[3, 4], [4, 5]], result: Step(scale: 0.05, zero: 120),
      inputs: "q0 s0 z0 q1 s1 z1 bias s z", numbers: ["alpha": 1.5]
    ) { inputs in
      ReferenceTensor(shape: [3, 5]) { place in
        let sum = (0..<4).reduce(0.0) {
          $0 + inputs[0].elements[place[0] * 4 + $1] * inputs[1].elements[$1 * 5 + place[1]]
        }
        return 1.5 * (sum + Double(bias[place[1]]) * 0.02 * 0.017)
      }
    },
  ]

  private static let bias: [Int32] = [-300, 120, 0, 77, 300]

  @Test(arguments: cases)
  func `an operator is its real function, rounded`(item: Case) throws {
    var generator = SeededGenerator(seed: 11)
    let inputs = item.shapes.map { Tensor.random($0, using: &generator, -1.5...1.5) }
    let real = zip(inputs, Self.steps).map { tensor, step in
      ReferenceTensor(
        shape: tensor.shape, elements: tensor.elements.map { step.rounded(Double($0)).value })
    }
    let expected = item.function(real)
    let result = try run(item, inputs)
    #expect(result.shape == expected.shape)
    var (atEdge, off) = (0, 0)
    for (actual, exact) in zip(result.elements, expected.elements) {
      let (value, margin) = item.result.rounded(exact)
      let steps = abs((Double(actual) - value) / Double(item.result.scale))
      // Where a number lies half-way, its last bit decides.
      if margin < 1e-4, steps < 1.001 { atEdge += 1 } else if steps > 1e-3 { off += 1 }
    }
    #expect(off == 0 && atEdge * 5 <= result.elements.count, "\(off) off, \(atEdge) at an edge")
    #expect(Set(result.elements).count > 1)
  }

  private func run(_ item: Case, _ inputs: [Tensor]) throws -> Tensor {
    var nodes: [Onnx_NodeProto] = []
    var stored = [
      TestModel.floats("s", [], [item.result.scale]), byte("z", item.result.zero),
      TestModel.floats("none", [], [0]), integers("bias", Self.bias),
    ]
    for (index, step) in Self.steps.prefix(inputs.count).enumerated() {
      stored += [TestModel.floats("s\(index)", [], [step.scale]), byte("z\(index)", step.zero)]
      nodes.append(
        TestModel.node(
          "QuantizeLinear", ["x\(index)", "s\(index)", "z\(index)"], ["q\(index)"]))
    }
    // A condition of the rounded numbers.
    nodes += [
      TestModel.node("DequantizeLinear", ["q0", "s0", "z0"], ["r0"]),
      TestModel.node("Greater", ["r0", "none"], ["c"]),
      TestModel.node(
        item.type, item.inputs.split(separator: " ").map(String.init), ["q"], ints: item.ints,
        domain: "com.microsoft", numbers: item.numbers, flags: item.flags),
      TestModel.node("DequantizeLinear", ["q", "s", "z"], ["y"]),
    ]
    let names = inputs.indices.map { "x\($0)" }
    let file = try TestModel.file(
      TestModel.graph(
        inputs: zip(names, inputs).map { ($0, $1.shape.extents.map { "\($0)" }) }, outputs: ["y"],
        nodes: nodes, initializers: stored))
    let values = Dictionary(uniqueKeysWithValues: zip(names, inputs))
    return try #require(try Program(file.graph().canonicalized()).run(values).byName["y"])
  }

  private func byte(_ name: String, _ value: Int) -> Onnx_TensorProto {
    var tensor = Onnx_TensorProto()
    tensor.name = name
    tensor.dataType = 2
    tensor.int32Data = [Int32(value)]
    return tensor
  }

  private func integers(_ name: String, _ values: [Int32]) -> Onnx_TensorProto {
    var tensor = Onnx_TensorProto()
    tensor.name = name
    tensor.dims = [Int64(values.count)]
    tensor.dataType = 6
    tensor.int32Data = values
    return tensor
  }
}
