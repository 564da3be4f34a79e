import GraphIR
import GraphRewriting
import ONNXSchema
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// One node of the newer operators, with inputs that all have gradients.
struct OperatorCase: Sendable, CustomTestStringConvertible {
  let type: String
  let inputs: [Shape]
  var numbers: [String: Int] = [:]
  var words: [String: String] = [:]
  /// Where the numbers of inputs lie.
  var range: ClosedRange<Float> = -1...1
  /// Scales for `Resize`.
  var scales: [Float] = []

  var testDescription: String { "\(type) \(words) \(numbers)" }

  static let all =
    [
      OperatorCase(type: "Attention", inputs: [[2, 2, 3, 4], [2, 2, 5, 4], [2, 2, 5, 3]]),
      OperatorCase(
        type: "Attention", inputs: [[1, 3, 8], [1, 3, 4], [1, 3, 4]],
        numbers: ["q_num_heads": 4, "kv_num_heads": 2, "is_causal": 1]),
      OperatorCase(type: "RMSNormalization", inputs: [[2, 3, 4], [4]]),
      OperatorCase(type: "RotaryEmbedding", inputs: [[1, 2, 3, 4], [1, 3, 2], [1, 3, 2]]),
      OperatorCase(type: "Swish", inputs: [[3, 4]]),
      OperatorCase(type: "LpPool", inputs: [[1, 2, 5]], numbers: ["p": 3]),
      OperatorCase(type: "LpNormalization", inputs: [[2, 5]]),
      OperatorCase(type: "AffineGrid", inputs: [[1, 2, 3]]),
      OperatorCase(type: "Asinh", inputs: [[4, 3]]),
      OperatorCase(
        type: "Resize", inputs: [[1, 2, 5, 4]], words: ["mode": "cubic"], scales: [1, 1, 0.6, 1.5]),
      OperatorCase(
        type: "Resize", inputs: [[1, 1, 6, 4]], numbers: ["antialias": 1],
        words: ["mode": "linear"], scales: [1, 1, 0.5, 0.75]),
    ]
    + ["Asin", "Acos", "Atan", "Sinh", "Cosh", "Tan", "Atanh", "Erf", "Softsign", "Mish"].map {
      OperatorCase(type: $0, inputs: [[4, 3]], range: -0.9...0.9)
    }
    + [OperatorCase(type: "Acosh", inputs: [[4, 3]], range: 1.1...3)]
    + ["linear", "cubic"].map {
      OperatorCase(type: "GridSample", inputs: [[1, 2, 3, 4], [1, 2, 2, 2]], words: ["mode": $0])
    }
    + ["border", "reflection"].map {
      OperatorCase(
        type: "GridSample", inputs: [[1, 1, 3, 4], [1, 2, 2, 2]],
        numbers: ["align_corners": 1], words: ["padding_mode": $0])
    }

  func file() throws -> ONNXFile {
    let names = inputs.indices.map { "x\($0)" }
    var initializers: [Onnx_TensorProto] = []
    var arguments = names
    if !scales.isEmpty {
      arguments += ["", "scales"]
      initializers.append(TestModel.floats("scales", [Int64(scales.count)], scales))
    }
    if type == "AffineGrid" {
      arguments += ["size"]
      initializers.append(TestModel.integers("size", [1, 1, 2, 3]))
    }
    var lists: [String: [Int64]] = [:]
    if type == "LpPool" { lists["kernel_shape"] = [2] }
    var node = TestModel.node(type, arguments, ["y"], ints: lists)
    node.attribute += numbers.map { NodeAttribute.integer($0.key, $0.value).proto }
    node.attribute += words.map { NodeAttribute.word($0.key, $0.value).proto }
    return try TestModel.file(
      TestModel.graph(
        inputs: zip(names, inputs).map { ($0, $1.extents.map { "\($0)" }) }, outputs: ["y"],
        nodes: [node], initializers: initializers), opset: 24)
  }
}

struct OperatorGradientTests {
  @Test(arguments: OperatorCase.all)
  func `gradients are central differences`(item: OperatorCase) throws {
    let builder = GraphBuilder(try item.file().graph())
    var generator = SeededGenerator(seed: 5)
    let point = Dictionary(
      uniqueKeysWithValues: builder.graph.inputs.map {
        ($0.name, ReferenceTensor(Tensor.random($0.shape, using: &generator, item.range)))
      })
    let output = builder.value(builder.graph.outputs[0].value)
    let weights = Tensor.random(output.shape, using: &generator)
    let targets = builder.graph.inputs
    let gradients = try builder.gradients(
      of: [Seed(output, weights: builder.constant(weights))],
      withRespectTo: targets.map { builder.value($0.value) })
    let graph = try builder.finish()
    let derived = try preciseReferenceValues(of: graph, gradients.map(\.id), inputs: point)
    func score(_ inputs: [String: ReferenceTensor]) throws -> Double {
      let value = try preciseReferenceValues(of: graph, [output.id], inputs: inputs)[0]
      return zip(value.elements, weights.elements).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
    for (target, gradient) in zip(targets, derived) {
      var measured = ReferenceTensor(shape: target.shape)
      for element in measured.elements.indices {
        func moved(_ step: Double) throws -> Double {
          var place = point
          place[target.name]?.elements[element] += step
          return try score(place)
        }
        measured.elements[element] = (try moved(1e-5) - moved(-1e-5)) / 2e-5
      }
      // Truncation is of order step², rounding of order 1e-16 / step; shares are rounded to Float.
      expectClose(gradient, measured, absolute: 1e-6, relative: 1e-6, target.name)
    }
  }
}
