import ExplanationQuality
import Explanations
import Foundation
import GraphIR
import Operations
import TensorCore
import TestSupport

@testable import Evaluation

/// A network of pictures of 6×6 pixels that an evaluation takes no time for.
enum EvaluationFixture {
  /// A convolution, its positive part, and scores from means and corners.
  static func model() throws -> Model {
    var information = ModelInformation()
    information.outputMeaning = .logits
    return try Model(name: "tiny", information: information) { samples in
      var generator = SeededGenerator(seed: 4)
      let builder = GraphBuilder()
      let input = builder.input("input", shape: Shape([samples, 1, 6, 6]))
      let weights = builder.constant(Tensor.random([4, 1, 3, 3], using: &generator, -1...1))
      let window = SlidingWindow(
        rank: 2, paddingBefore: [1, 1], paddingAfter: [1, 1])
      let layer = input.convolved(with: weights, Convolution(window: window)).rectified
      builder.name(layer, "layer")
      let flat = layer.reshaped(to: Shape([samples, 144]))
      let head = builder.constant(Tensor.random([144, 3], using: &generator, -0.3...0.3))
      builder.output("scores", flat.product(head))
      return try builder.finish()
    }
  }

  static func plan(
    _ model: Model, methods: [String] = ["grad-cam", "layer-cam"],
    metrics: [String] = ["deletion:steps=4", "insertion:steps=4", "mu-fidelity", "energy", "gini"]
  ) throws -> EvaluationPlan {
    let explanations = try ExplanationPlan(
      model, methods: try methods.map { try ChosenMethod($0) }, layers: ["layer"],
      targets: [.given])
    return EvaluationPlan(
      explanations, of: model, metrics: try ChosenMetric.list(metrics),
      primary: ["insertion:steps=4"],
      controls: Array(ControlCatalog.entries.filter { $0.axisCounts.contains(2) }),
      scale: .probability, seed: 3)
  }

  static func samples(_ model: Model, count: Int = 12) throws -> [EvaluationSample] {
    var generator = SeededGenerator(seed: 8)
    let predictor = try Predictor(model)
    return try (0..<count).map { index in
      let input = Tensor.random([1, 6, 6], using: &generator, 0...1)
      let scores = try predictor.scores([input])[0]
      let ranking = Target.ranking(scores)
      var weights = [Float](repeating: 0, count: 3)
      weights[ranking[0]] = 1
      return EvaluationSample(
        name: "picture \(index)", digest: "digest \(index)",
        inputs: [model.inputs[0].name: input], weights: weights, classIndex: ranking[0],
        target: "class \(ranking[0])", predicted: ranking[0], rivalIndex: ranking[1],
        truth: TruthRegion(inside: (0..<36).map { $0 % 6 < 3 && $0 < 18 }))
    }
  }

  static func identity() -> RunIdentity {
    RunIdentity(
      model: "tiny", modelDigest: "0", output: "scores", form: "logit", scale: .probability,
      upsampling: "receptive-field", precision: "float32", background: "", bandWidth: nil, seed: 3)
  }

  /// Judges samples, and returns every number of the store in one text.
  @discardableResult
  static func run(
    _ plan: EvaluationPlan, _ samples: [EvaluationSample], at path: String, lanes: Int = 1,
    events: EvaluationRun.Events = EvaluationRun.Events()
  ) async throws -> [String: Double?] {
    let store = try EvaluationStore(path: path)
    let number = try store.run(identity(), version: "test")
    let run = try EvaluationRun(plan, store: store, number: number, laneCount: lanes)
    let pairs = samples.indices.map { index in
      EvaluationRun.Pair(samples[index], partner: index > 0 ? samples[index - 1] : nil)
    }
    var blocks = pairs.indices.parts(of: EvaluationRun.blockSize).map { Array(pairs[$0]) }[...]
    try await run.evaluate({ blocks.popFirst() }, events)
    return try numbers(at: path)
  }

  /// Every number of a store by what it is of.
  static func numbers(at path: String) throws -> [String: Double?] {
    let store = try EvaluationStore(path: path)
    let number = try store.run(identity(), version: "test")
    let names = Dictionary(
      uniqueKeysWithValues: try store.samples(of: number).map { ($0.id, $0.name) })
    var numbers: [String: Double?] = [:]
    for score in try store.scores(of: number, curves: true) {
      let name = "\(names[score.sample] ?? "") \(try score.map.json()) \(score.metric)"
      numbers[name] = .some(score.value)
      for (index, value) in score.scores.enumerated() { numbers["\(name) \(index)"] = value }
    }
    return numbers
  }
}
