import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

@testable import Explanations

/// Networks with what they learned in random order.
struct RandomizedModelTests {
  /// A prepared input, two convolutions with a normalization and limits between them, and a linear map.
  static func model(samples: Int) throws -> Graph {
    var generator = SeededGenerator(seed: 6)
    let builder = GraphBuilder()
    func constant(_ name: String, _ shape: Shape, _ range: ClosedRange<Float> = -1...1) -> Value {
      let value = builder.constant(Tensor.random(shape, using: &generator, range))
      builder.name(value, name)
      return value
    }
    let input = builder.input("input", shape: Shape([samples, 3, 6, 6]))
    let prepared =
      (input - constant("mean", [1, 3, 1, 1])) / constant("deviation", [1, 3, 1, 1], 1...2)
    let window = SlidingWindow(rank: 2, paddingBefore: [1, 1], paddingAfter: [1, 1])
    let first = prepared.convolved(
      with: constant("weights 1", [8, 3, 3, 3]), bias: constant("bias 1", [8]),
      Convolution(window: window))
    let normal =
      first * constant("scale", [1, 8, 1, 1], 0.5...2) + constant("shift", [1, 8, 1, 1])
    let limited = normal.rectified.minimum(constant("limits", [1, 8, 1, 1], 2...3))
    builder.name(limited, "low")
    let masked =
      limited * constant("mask", [1, 1, 6, 6], 0...1) * constant("factor", [1, 1, 1, 1])
    let weights = constant("weights 2", [72, 5]).transposed([1, 0]).reshaped(to: [5, 8, 3, 3])
    let second = masked.convolved(with: weights, Convolution(window: window)).rectified
    builder.name(second, "high")
    let flat = second.reshaped(to: Shape([samples, 180]))
    builder.output(
      "scores", flat.product(constant("weights 3", [180, 4]), bias: constant("bias 3", [4])))
    return try builder.finish()
  }

  private let model: Model
  private let input: Tensor

  init() throws {
    model = try Model(name: "chain") { samples in try Self.model(samples: samples) }
    var generator = SeededGenerator(seed: 7)
    input = Tensor.random([3, 6, 6], using: &generator, 0...1)
  }

  private func names(changedBy change: (Graph) throws -> Graph) throws -> Set<String> {
    let graph = try Self.model(samples: 1)
    let other = try change(graph)
    return Set(
      graph.names.filter { name, value in
        guard let old = graph[value].operation as? Constant,
          let new = other[value].operation as? Constant
        else { return false }
        return old.tensor != new.tensor
      }.map(\.name))
  }

  @Test func `what is learned is told by what is done with it`() throws {
    let learned = [
      "weights 1", "bias 1", "scale", "shift", "weights 2", "weights 3", "bias 3",
    ]
    #expect(try names { try $0.randomized(keeping: [], seed: 2) } == Set(learned))
    let above = try names { graph in
      try graph.randomized(keeping: [try #require(graph.value(named: "low"))], seed: 2)
    }
    #expect(above == Set(learned.suffix(3)))
  }

  @Test func `each tensor keeps its values, and its order in a cascade`() throws {
    let graph = try Self.model(samples: 1)
    let all = try graph.randomized(keeping: [], seed: 2)
    let upper = try graph.randomized(
      keeping: [try #require(graph.value(named: "high"))], seed: 2)
    for (index, node) in graph.nodes.enumerated() {
      guard let old = node.operation as? Constant,
        let new = all.nodes[index].operation as? Constant,
        let above = upper.nodes[index].operation as? Constant
      else { continue }
      #expect(old.tensor.elements.sorted() == new.tensor.elements.sorted())
      #expect(above.tensor == old.tensor || above.tensor == new.tensor)
    }
    #expect(all.names.map(\.name) == graph.names.map(\.name) && all.outputs == graph.outputs)
    // Whatever the number of samples, it is the same network.
    let two = try Self.model(samples: 2).randomized(keeping: [], seed: 2)
    for (one, other) in zip(all.nodes, two.nodes) {
      guard let one = one.operation as? Constant, let other = other.operation as? Constant else {
        continue
      }
      #expect(one.tensor == other.tensor)
    }
  }

  @Test func `a seed is a network, and what is kept gives the same numbers`() throws {
    let layers = try ["low", "high"].map(model.layer)
    let scores = { (model: Model) in try Predictor(model).scores([input])[0] }
    let activations = { (model: Model) in
      try ActivationReader(model, layers: layers).activations([input])[0]
    }
    let plain = try (scores: scores(model), activations: activations(model))
    let above = try model.randomized(above: [layers[1]], seed: 4)
    #expect(try activations(above) == plain.activations && scores(above) != plain.scores)
    let lower = try model.randomized(above: [layers[0]], seed: 4)
    #expect(try activations(lower)[0] == plain.activations[0])
    #expect(try activations(lower)[1] != plain.activations[1])
    let all = try model.randomized(seed: 4)
    #expect(try activations(all)[0] != plain.activations[0])
    #expect(try scores(all) == scores(try model.randomized(seed: 4)))
    #expect(try scores(all) != scores(try model.randomized(seed: 5)))
    // The network itself is left as it is.
    #expect(try scores(model) == plain.scores)
    let other = try Self.otherLayer()
    #expect(throws: ExplanationError.self) { try model.randomized(above: [other], seed: 0) }
  }

  private static func otherLayer() throws -> Layer {
    try #require(
      try Model(name: "other") { samples in
        let builder = GraphBuilder()
        builder.output("scores", builder.input("input", shape: Shape([samples, 2])) * 2)
        return try builder.finish()
      }.layers.first)
  }

  @Test func `what recurrences repeat is learned too`() throws {
    let samples = OperationCatalog.samples.filter { $0.operation is Recurrence }
    #expect(samples.count >= 4)
    for sample in samples {
      let builder = GraphBuilder()
      let inputs = sample.inputs.enumerated().map { builder.input("\($0)", shape: $1.shape) }
      builder.output("states", builder.apply(sample.operation, inputs))
      let graph = try builder.finish()
      let random = try graph.randomized(keeping: [], seed: 1)
      let steps = try [graph, random].map { graph in
        try #require(graph.nodes.last?.operation as? Recurrence).step.graph
      }
      let constants = steps.map { step in
        step.nodes.compactMap { ($0.operation as? Constant)?.tensor.elements }
          .filter { $0.count > 1 }
      }
      #expect(constants[0] != constants[1])
      #expect(constants[0].map { $0.sorted() } == constants[1].map { $0.sorted() })
    }
  }

  @Test(.needsShared("data"), arguments: ["squeezenet1.1", "cifar10-resnet20"])
  func `stages of a real network are made random from the scores down`(name: String) throws {
    let model = try ExplainerTests.model(name)
    let input = try ExplainerTests.inputs(name)[0]
    let steps = model.randomizationSteps()
    #expect(steps.count == min(5, model.stageEnds.count + 1))
    #expect(steps.first == model.stageEnds && steps.last == [])
    let reader = { (model: Model) in
      try ActivationReader(model, layers: model.stageEnds).activations([input])[0]
    }
    let plain = try reader(model)
    for kept in steps {
      let random = try model.randomized(above: kept, seed: 1)
      let found = try reader(random)
      for index in plain.indices {
        #expect((found[index] == plain[index]) == (index < kept.count))
      }
      #expect(
        try Predictor(random).scores([input])[0].allSatisfy { $0.isFinite })
    }
  }

  /// One of the cases leaves its shape open.
  @Test(
    .needsShared("cases/networks"),
    arguments: NetworkCase.all.filter { $0.name != "question-mark-dims" })
  func `every form of network can be made random`(example: NetworkCase) throws {
    let model = try example.model()
    var generator = SeededGenerator(seed: 9)
    let inputs = model.inputs.map { input in
      (input.name, Tensor.random(input.shape, using: &generator, 0...1))
    }
    let sample = Dictionary(uniqueKeysWithValues: inputs)
    let scores = try Predictor(model).scores([sample])[0]
    let random = try Predictor(model.randomized(seed: 3)).scores([sample])[0]
    #expect(scores.count == random.count && scores != random)
    #expect(random.allSatisfy { $0.isFinite })
  }

  @Test func `many stages are taken together`() throws {
    #expect(model.randomizationSteps().map(\.count).last == 0)
    #expect(model.randomizationSteps(atMost: 2).count == 2)
  }
}
