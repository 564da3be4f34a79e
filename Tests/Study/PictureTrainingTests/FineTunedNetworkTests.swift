import Explanations
import GraphExecution
import GraphIR
import TensorCore
import TestSupport
import Testing

@testable import NetworkTraining
@testable import PictureTraining

struct FineTunedNetworkTests {
  /// The activations of four samples at the stem.
  private var samples: GivenSamples {
    let numbers = zip(SmallNetwork.pattern(576, 13, 1 / 8), SmallNetwork.pattern(576, 3, 1 / 8))
      .map { $0 + $1 * $1 }
    return GivenSamples(
      sampleShape: [4, 6, 6], rows: (0..<4).map { Array(numbers[$0 * 144..<($0 + 1) * 144]) })
  }

  /// By PyTorch 2 in double precision: `torch.optim.SGD` with two rates, weight decay on weights only.
  private static let losses: [Float] = [
    1.098612, 1.086512, 1.067115, 1.046644, 1.030461, 1.021258, 1.018342, 1.018328, 1.016949,
    1.011057, 0.999781, 0.984505, 0.967773, 0.951813, 0.937707, 0.925164, 0.912504, 0.897682,
    0.878817, 0.854877,
  ]

  @Test func `twenty steps have the losses of PyTorch`() throws {
    var settings = TrainingSettings()
    (settings.epochCount, settings.batchSize) = (20, 4)
    settings.optimizer = .momentum(0.9, weightDecay: 0.01)
    (settings.learningRate, settings.schedule) = (0.2, .constant)
    let trainer = NetworkTrainer(try SmallNetwork.network(behind: "stem", layerRate: 0.5))
    let result = try trainer.train(
      samples, .classes([0, 1, 2, 1], count: 3), settings: settings)
    for (found, expected) in zip(result.history.map(\.loss), Self.losses) {
      #expect(abs(found - expected) < 2e-4, "\(found) instead of \(expected)")
    }
  }

  @Test(arguments: [nil, "stem", "block", "gated"])
  func `gradients of all parameters agree with central differences`(name: String?) throws {
    let network = try SmallNetwork.network(behind: name)
    let shapes: [String?: Shape] = [
      nil: [3, 12, 12], "stem": [4, 6, 6], "block": [4, 6, 6], "gated": [6, 3, 3],
    ]
    let plan = TrainingGraphs(
      architecture: network, sampleShape: try #require(shapes[name]),
      task: .classification(classCount: 3))
    let (graph, description) = try plan.trainingGraph(batch: 2)
    let counts: [String?: Int] = [nil: 12, "stem": 10, "block": 4, "gated": 2]
    #expect(description.parameters.count == counts[name])
    var generator = SeededGenerator(seed: 5)
    var inputs: [String: ReferenceTensor] = [:]
    for input in graph.inputs {
      inputs[input.name] = ReferenceTensor(Tensor.random(input.shape, using: &generator, 0...1))
    }
    for parameter in description.parameters {
      var own = SplitMix64(seed: 1)
      let learned = Tensor(
        shape: parameter.shape, elements: parameter.initialValues(using: &own))
      if name != nil || parameter.shape.rank > 2 {
        inputs[parameter.name] = ReferenceTensor(
          parameter.name.hasPrefix("head")
            ? Tensor.random(parameter.shape, using: &generator, -1...1) : learned)
      }
    }
    let results = try preciseReferenceOutputs(of: graph, inputs: inputs)
    let single = try Program(graph).run(inputs.mapValues(\.tensor))
    var lossGraph = graph
    lossGraph.outputs = graph.outputs.filter { $0.name == TrainingGraphs.loss }
    for parameter in description.parameters {
      let given = try #require(inputs[parameter.name])
      let output = TrainingGraphs.gradient(parameter.name)
      let gradient = try #require(results[output])
      for element in stride(
        from: 0, to: given.elements.count, by: max(1, given.elements.count / 3))
      {
        func loss(_ change: Double) throws -> Double {
          var changed = inputs
          changed[parameter.name]?.elements[element] += change
          return try #require(
            try preciseReferenceOutputs(of: lossGraph, inputs: changed)[TrainingGraphs.loss]
          ).elements[0]
        }
        let expected = try (loss(1e-6) - loss(-1e-6)) / 2e-6
        #expect(
          abs(gradient.elements[element] - expected) <= 1e-6 + 1e-5 * abs(expected),
          "\(parameter.name) at \(element)")
      }
      let largest = gradient.elements.reduce(0) { max($0, abs($1)) }
      expectClose(
        ReferenceTensor(try #require(single[output])), gradient,
        absolute: 1e-4 * max(largest, 1e-2), relative: 1e-3, output)
    }
  }

  @Test func `a section computes what the network computes`() throws {
    let model = try SmallNetwork.model()
    let picture = SmallNetwork.tensor([3, 12, 12], 7, 1 / 4)
    let layers = [try model.layer("stem"), try model.layer("gated")]
    let known = try ActivationReader(model, layers: layers).activations([picture])[0]
    for (begin, input) in [(nil, picture), (layers[0], known[0])] {
      let section = try NetworkSection(model, from: begin, to: layers[1], samples: 1)
      let builder = GraphBuilder()
      let entrance = builder.input("in", shape: section.entranceShape)
      builder.output(
        "out", try section.output(of: entrance) { builder.constant($0.tensor) })
      let found = try Program(builder.finish()).run([
        "in": Tensor(shape: section.entranceShape, elements: input.elements)
      ])
      expectClose(
        Tensor(shape: known[1].shape, elements: try #require(found["out"]).elements), known[1],
        absolute: 1e-5, relative: 1e-5)
    }
  }

  @Test func `the whole network begins where its base ended`() throws {
    let network = try SmallNetwork.network(behind: "stem")
    let section = try NetworkSection(
      network.base, from: network.entrance, to: network.exit, samples: 1)
    var weights = Dictionary(
      uniqueKeysWithValues: section.learned.map { ($0.name, $0.tensor) })
    weights["head.weight"] = SmallNetwork.tensor([5, 6], 3)
    weights["head.bias"] = SmallNetwork.tensor([5], 5)
    let graph = try network.graph(NetworkWeights(weights), classCount: 5, samples: 1)
    let picture = SmallNetwork.tensor([3, 12, 12], 7, 1 / 4)
    let found = try Program(graph).run(["picture": Tensor.stack([picture])])["scores"]
    let expected = try Predictor(network.base).scores([picture])[0]
    expectClose(
      try #require(found), Tensor(shape: [1, 5], elements: expected), absolute: 1e-5,
      relative: 1e-5)
    #expect(graph.value(named: "block") != nil, "layers keep their names")
  }

  @Test func `a layer that a way leads around is refused with advice`() throws {
    let model = try SmallNetwork.model()
    let inner = try #require(model.layers.first { $0.isMappable && !$0.isPassage })
    #expect {
      try FineTunedNetwork(model, behind: inner, upTo: model.layer("gated"))
    } throws: { "\($0)".contains("end of a block") }
  }
}
