import GraphIR
import Operations
import TensorCore
import TestSupport
import Testing

@testable import Explanations

/// Networks from a layer on, against whole networks.
struct NetworkTailTests {
  /// Where real networks are cut: the ends of stages, and layers that others bypass.
  static let branches: [(network: String, layers: [String])] = [
    ("cifar10-lenet", []),
    ("cifar10-resnet20", ["/layer2/layer2.1/Relu_output_0", "/layer1/layer1.0/Relu_output_0"]),
    ("efficientnet-lite0", ["/_blocks.4/_swish_1/Clip_output_0"]),
    ("mobilenet-v2", ["op17_add", "op32_add"]),
    ("mobilenet-v1-025-128", ["op6_relu6"]),
    ("squeezenet1.1", ["fire3/expand3x3_2", "fire6/squeeze1x1_2"]),
    ("crepe-tiny", []), ("ftirnet", []), ("wheat-protein", []),
  ]

  @Test(.needsShared("data"), arguments: branches)
  func `the tail of the unchanged activation gives the scores of the network`(
    network: String, branches: [String]
  ) throws {
    let model = try ExplainerTests.model(network)
    let inputs = try model.samples([ExplainerTests.inputs(network)[0]])[0]
    let whole = try Predictor(model).scores([inputs])[0]
    for layer in model.stageEnds + (try branches.map(model.layer)) {
      try expectSame(model, layer, inputs, whole)
    }
  }

  static let shapes = [
    "no-batch-axis": InputShapes([100, 81]), "question-mark-dims": InputShapes([3, 48, 64]),
  ]

  /// Class tokens, channels last, several inputs, skips, recurrences: the layers of whose maps there are
  /// reference values.
  @Test(.needsShared("cases"), arguments: NetworkCase.all)
  func `so does the tail of networks as people have them`(example: NetworkCase) throws {
    guard let map = example.maps.first else { return }
    let model = try example.model(Self.shapes[example.name] ?? InputShapes())
    var generator = SeededGenerator(seed: 2)
    let inputs = Dictionary(
      uniqueKeysWithValues: model.inputs.map {
        ($0.name, Tensor.random($0.shape, using: &generator, 0...1))
      })
    let whole = try Predictor(model).scores([inputs])[0]
    try expectSame(model, try model.layer(map.layer), inputs, whole)
  }

  private func expectSame(
    _ model: Model, _ layer: Layer, _ inputs: [String: Tensor], _ whole: [Float]
  ) throws {
    let tail = try NetworkTail(model, at: layer, batch: 2)
    let activation = try tail.activation(of: inputs)
    let scores = try tail.scores(of: [.none, .other(activation.values), .zero], at: activation)
    let largest = Double(whole.map(abs).max() ?? 0)
    for row in scores.prefix(2) {
      expectClose(
        row.map(Double.init), whole.map(Double.init), absolute: 1e-5 * largest,
        "\(model.name) \(layer.name)")
    }
    // Nothing can come out the same when the layer is not what is taken.
    #expect(
      zip(scores[2], whole).contains { abs($0 - $1) > Float(1e-4 * largest) }, "\(layer.name)")
  }

  /// A network with a layer `before`, a residual block whose first convolution is `layer`, and a product of
  /// both; channels of `layer` are multiplied by `factors`.
  private static func residual(_ factors: [Float]?, positions: [Int]) throws -> Model {
    try Model(name: "residual") { samples in
      var generator = SeededGenerator(seed: 11)
      let builder = GraphBuilder()
      let ones = positions.map { _ in 1 }
      let window = SlidingWindow(
        rank: ones.count, paddingBefore: ones, paddingAfter: ones)
      func convolved(_ value: Value) -> Value {
        let shape = Shape([4, value.shape[1]] + ones.map { _ in 3 })
        return value.convolved(
          with: builder.constant(.random(shape, using: &generator)), Convolution(window: window))
      }
      let before = convolved(builder.input("x", shape: Shape([samples, 2] + positions))).rectified
      builder.name(before, "before")
      var layer = convolved(before).rectified
      builder.name(layer, "layer")
      if let factors {
        layer = layer * builder.constant(Tensor(shape: Shape([1, 4] + ones), elements: factors))
      }
      let sum = (convolved(layer) + before).rectified * before
      let means = sum.mean(over: .positions).reshaped(to: [samples, 4])
      builder.output(
        "scores", means.product(builder.constant(.random([4, 3], using: &generator))))
      return try builder.finish()
    }
  }

  @Test(arguments: [[9], [6, 5], [3, 4, 3]])
  func `a channel that is zero is one that the edited network multiplies by zero`(
    positions: [Int]
  ) throws {
    var generator = SeededGenerator(seed: 6)
    let model = try Self.residual(nil, positions: positions)
    let input = Tensor.random(Shape([2] + positions), using: &generator, 0...1)
    let tail = try NetworkTail(model, at: try model.layer("layer"), batch: 3)
    let activation = try tail.activation(of: try model.samples([input])[0])
    let without = try tail.scores(
      of: (0..<4).map { .without(channel: $0) }, at: activation)
    let alone = try tail.scores(of: (0..<4).map { .only(channel: $0) }, at: activation)
    for channel in 0..<4 {
      let isIt = (0..<4).map { $0 == channel }
      for (scores, factors) in [
        (without[channel], isIt.map { Float($0 ? 0 : 1) }),
        (alone[channel], isIt.map { Float($0 ? 1 : 0) }),
      ] {
        let edited = try Predictor(Self.residual(factors, positions: positions)).scores([input])[0]
        expectClose(scores.map(Double.init), edited.map(Double.init), absolute: 1e-5)
      }
    }
    #expect(without[0] != without[1] && without[0] != alone[0])
  }

  @Test(.needsShared("data"), arguments: ["/layer2/layer2.1/Relu_output_0", "default"])
  func `scores do not depend on what else is in the batch`(layer: String) throws {
    let model = try ExplainerTests.model("cifar10-resnet20")
    let inputs = try model.samples([ExplainerTests.inputs("cifar10-resnet20")[0]])[0]
    let place = try model.layer(layer)
    let changes: [ActivationChange] = (0..<9).map { .without(channel: 3 * $0) } + [.zero, .none]
    let rows = try [1, 4, 16].map { batch in
      let tail = try NetworkTail(model, at: place, batch: batch)
      return try tail.scores(of: changes, at: try tail.activation(of: inputs))
    }
    for other in rows.dropFirst() {
      for (one, row) in zip(rows[0], other) {
        expectClose(row.map(Double.init), one.map(Double.init), absolute: 1e-4)
      }
    }
    #expect(Set(rows[0]).count > 5)
  }

  @Test func `a network cannot begin at what its scores do not depend on`() throws {
    let model = try Model(name: "two ways") { samples in
      let builder = GraphBuilder()
      let x = builder.input("x", shape: [samples, 2, 4])
      builder.name(x.rectified, "aside")
      builder.output("scores", x.mean(over: .positions).reshaped(to: [samples, 2]))
      return try builder.finish()
    }
    let layer = try #require(model.layers.first { $0.name == "aside" })
    #expect(throws: GraphError.self) { try NetworkTail(model, at: layer) }
  }
}
