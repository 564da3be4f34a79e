import Foundation
import GraphExecution
import GraphIR
import GraphRewriting
import ONNXSchema
import Operations
import TensorCore
import TestSupport
import Testing

@testable import ONNXFormat

/// A recurrent node with random weights.
struct RecurrentCase: Sendable, CustomTestStringConvertible {
  let type: String
  let direction: String
  var isVariant = false
  var hasPeephole = false
  var limit: Float?
  var lengths: [Int]?
  /// Whether biases, first states and first cells are zero.
  var startsAtZero = false

  static let all =
    ["LSTM", "GRU", "RNN"].flatMap { type in
      ["forward", "reverse", "bidirectional"].map { RecurrentCase(type: type, direction: $0) }
        + [
          RecurrentCase(type: type, direction: "bidirectional", lengths: [3, 5, 1]),
          RecurrentCase(type: type, direction: "reverse", limit: 0.5),
        ]
    } + [
      RecurrentCase(type: "LSTM", direction: "bidirectional", hasPeephole: true),
      RecurrentCase(type: "LSTM", direction: "forward", isVariant: true),
      RecurrentCase(type: "GRU", direction: "bidirectional", isVariant: true),
    ]

  var testDescription: String {
    "\(type) \(direction) \(isVariant) \(hasPeephole) \(limit ?? 0) \(lengths ?? [])"
  }

  let steps = 5
  let samples = 3
  let features = 4
  let width = 2

  var gateCount: Int { ["LSTM": 4, "GRU": 3][type] ?? 1 }
  var reversals: [Bool] {
    ["forward": [false], "reverse": [true]][direction] ?? [false, true]
  }

  /// What the node is given, without the sequence.
  func parameters() -> [(name: String, tensor: Tensor)] {
    var generator = SeededGenerator(seed: 7)
    let count = reversals.count
    let shapes: [(String, Shape)] = [
      ("W", [count, gateCount * width, features]), ("R", [count, gateCount * width, width]),
      ("B", [count, 2 * gateCount * width]), ("h", [count, samples, width]),
      ("c", [count, samples, width]), ("P", [count, 3 * width]),
    ]
    return shapes.map { name, shape in
      let numbers = Tensor.random(shape, using: &generator)
      let isZero = startsAtZero && ["B", "h", "c"].contains(name)
      return (name, isZero ? Tensor(shape: shape, repeating: 0) : numbers)
    }
  }

  func file() throws -> ONNXFile {
    let isLong = type == "LSTM"
    var node = TestModel.node(
      type,
      ["x", "W", "R", "B", lengths == nil ? "" : "lengths", "h"] + (isLong ? ["c"] : [])
        + (hasPeephole ? ["P"] : []), ["y", "last"] + (isLong ? ["cell"] : []))
    node.attribute = attributes()
    var initializers = parameters().map {
      TestModel.floats($0.name, $0.tensor.shape.extents.map { Int64($0) }, $0.tensor.elements)
    }
    if let lengths { initializers.append(TestModel.integers("lengths", lengths.map(Int64.init))) }
    return try TestModel.file(
      TestModel.graph(
        inputs: [("x", ["\(steps)", "\(samples)", "\(features)"])],
        outputs: ["y", "last"] + (isLong ? ["cell"] : []), nodes: [node],
        initializers: initializers))
  }

  private func attributes() -> [Onnx_AttributeProto] {
    var attributes = [
      NodeAttribute.integer("hidden_size", width), .word("direction", direction),
    ].map(\.proto)
    if isVariant {
      let name = type == "LSTM" ? "input_forget" : "linear_before_reset"
      attributes.append(NodeAttribute.integer(name, 1).proto)
    }
    if let limit {
      var attribute = Onnx_AttributeProto()
      attribute.name = "clip"
      attribute.type = .float
      attribute.f = limit
      attributes.append(attribute)
    }
    return attributes
  }

  /// All hidden states, the last ones and the last cells.
  func literal(_ x: Tensor) -> [String: ReferenceTensor] {
    let given = Dictionary(
      uniqueKeysWithValues: parameters().map { ($0.name, ReferenceTensor($0.tensor)) })
    let zero = ReferenceTensor(shape: [2, samples, width])
    let results = reversals.enumerated().map { direction, isReversed in
      LiteralRecurrence(
        type: type, weights: given["W"] ?? zero, recurrent: given["R"] ?? zero,
        bias: given["B"] ?? zero, peephole: hasPeephole ? given["P"] : nil,
        isReversed: isReversed, isVariant: isVariant, limit: limit.map(Double.init),
        lengths: lengths ?? Array(repeating: steps, count: samples), direction: direction
      ).run(ReferenceTensor(x), hidden: given["h"] ?? zero, cell: given["c"] ?? zero)
    }
    let count = reversals.count
    return [
      "y": ReferenceTensor(shape: [steps, count, samples, width]) {
        results[$0[1]].all[$0[0]][$0[2]][$0[3]]
      },
      "last": ReferenceTensor(shape: [count, samples, width]) {
        results[$0[0]].hidden[$0[1]][$0[2]]
      },
      "cell": ReferenceTensor(shape: [count, samples, width]) {
        results[$0[0]].cell[$0[1]][$0[2]]
      },
    ]
  }
}

struct RecurrentTests {
  private func input(_ item: RecurrentCase) -> Tensor {
    var generator = SeededGenerator(seed: 11)
    return .random([item.steps, item.samples, item.features], using: &generator)
  }

  @Test(arguments: RecurrentCase.all)
  func `values are those of the specification`(item: RecurrentCase) throws {
    let x = input(item)
    let expected = item.literal(x)
    let results = try Program(item.file().graph()).run(["x": x]).byName
    for (name, tensor) in results {
      // Single precision over five steps of sums of six products.
      expectClose(
        ReferenceTensor(tensor), try #require(expected[name]), absolute: 2e-6, relative: 2e-5, name)
    }
  }

  @Test(arguments: RecurrentCase.all)
  func `gradients are central differences`(item: RecurrentCase) throws {
    let x = input(item)
    let builder = GraphBuilder(try item.file().graph())
    let outputs = builder.graph.outputs
    var generator = SeededGenerator(seed: 13)
    let seeds = outputs.map { output in
      let value = builder.value(output.value)
      return (output.name, value, Tensor.random(value.shape, using: &generator))
    }
    let target = try #require(builder.graph.inputs.first).value
    let gradient = try builder.gradients(
      of: seeds.map { Seed($0.1, weights: builder.constant($0.2)) },
      withRespectTo: [builder.value(target)])[0]
    builder.removeOutputs()
    builder.output("gradient", gradient)
    let actual = try #require(
      try Program(builder.finish().simplified()).run(["x": x])["gradient"])
    func score(_ x: Tensor) -> Double {
      let values = item.literal(x)
      return seeds.reduce(0) { sum, seed in
        let elements = values[seed.0]?.elements ?? []
        return zip(elements, seed.2.elements).reduce(sum) { $0 + $1.0 * Double($1.1) }
      }
    }
    let expected = x.elements.indices.map { index in
      let step: Float = 1.0 / 4096
      var (up, down) = (x.elements, x.elements)
      up[index] += step
      down[index] -= step
      return Float(
        (score(Tensor(shape: x.shape, elements: up)) - score(Tensor(shape: x.shape, elements: down)))
          / Double(up[index] - down[index]))
    }
    // The differences are off by about the square of the step.
    expectClose(
      actual, Tensor(shape: x.shape, elements: expected), absolute: 5e-5, relative: 1e-4)
  }

  @Test func `weights that depend on the data are refused`() throws {
    let node = TestModel.node("RNN", ["x", "x", "x"], ["y"])
    let file = try TestModel.file(
      TestModel.graph(inputs: [("x", ["1", "1", "1"])], outputs: ["y"], nodes: [node]))
    let error = try #require(throws: ONNXError.self) { try file.graph() }
    #expect(error.code == .outOfScope)
    #expect(error.description.contains("weights of RNN"), "\(error)")
  }
}
