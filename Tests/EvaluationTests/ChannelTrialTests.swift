import ExplanationQuality
import Explanations
import GraphIR
import Operations
import Statistics
import TensorCore
import TestSupport
import Testing

@testable import Evaluation

/// What channels do, against networks that are edited by hand; and weights that must say it exactly.
struct ChannelTrialTests {
  private static let channelCount = 16

  /// A convolution of pictures of 6×6 pixels, its positive part `layer`, whose channels are multiplied by
  /// factors, and scores: linear in the means of channels, or in all numbers.
  private static func model(pools: Bool, _ factors: [Float]? = nil) throws -> Model {
    var information = ModelInformation()
    information.outputMeaning = .logits
    return try Model(name: "channels", information: information) { samples in
      var generator = SeededGenerator(seed: 4)
      let builder = GraphBuilder()
      let input = builder.input("input", shape: Shape([samples, 1, 6, 6]))
      let weights = builder.constant(
        Tensor.random([channelCount, 1, 3, 3], using: &generator, -1...1))
      let window = SlidingWindow(rank: 2, paddingBefore: [1, 1], paddingAfter: [1, 1])
      var layer = input.convolved(with: weights, Convolution(window: window)).rectified
      builder.name(layer, "layer")
      if let factors {
        layer =
          layer * builder.constant(Tensor(shape: [1, channelCount, 1, 1], elements: factors))
      }
      let features =
        pools
        ? layer.mean(over: .positions).reshaped(to: [samples, channelCount])
        : layer.reshaped(to: [samples, channelCount * 36])
      let head = Tensor.random([features.shape[1], 3], using: &generator, -0.5...0.5)
      builder.output("scores", features.product(builder.constant(head)))
      return try builder.finish()
    }
  }

  private static func plan(
    _ model: Model, _ methods: [String], _ metrics: [String]
  ) throws -> EvaluationPlan {
    let explanations = try ExplanationPlan(
      model, methods: try methods.map { try ChosenMethod($0) }, layers: ["layer"],
      targets: [.given])
    return EvaluationPlan(
      explanations, of: model, metrics: try ChosenMetric.list(metrics), primary: [],
      controls: Array(ControlCatalog.entries.filter { $0.axisCounts.contains(2) }),
      scale: .probability, seed: 3)
  }

  private static let agreements = ["spearman", "pearson", "signs", "top"]

  private static func texts(_ settings: String) -> [String] {
    agreements.map { agreement in
      (["channel-weights"] + (agreement == "spearman" ? [] : ["agreement=\(agreement)"])
        + [settings]).filter { !$0.isEmpty }.joined(separator: ":")
    }
  }

  private static func value(
    _ found: EvaluatedSample, _ metric: String, _ method: String, _ control: ControlKind? = nil
  ) -> Double? {
    let text = (try? ChosenMetric(parsing: metric).text) ?? metric
    return found.scores.first {
      $0.metric == text && $0.map.method == method && $0.map.control == control
    }?.measurement.value
  }

  /// Behind a mean over positions and one linear layer the score is the sum of what channels contribute, and
  /// `w_k · mean A_k` of Grad-CAM is each over the number of positions.
  @Test(arguments: ["grad-cam", "cam", "xgrad-cam"])
  func `before a mean and a linear layer the weights say exactly what channels do`(
    method: String
  ) throws {
    let model = try Self.model(pools: true)
    let samples = try EvaluationFixture.samples(model, count: 3)
    let texts = Self.texts("channels=0")
    let evaluator = try SampleEvaluator(Self.plan(model, [method], texts))
    for (sample, other) in zip(samples, samples.dropFirst()) {
      let found = try evaluator.evaluate(sample, partner: other)
      for text in texts {
        let value = try #require(Self.value(found, text, method))
        #expect(abs(value - 1) < (text.contains("pearson") ? 1e-5 : 1e-12), "\(text) \(value)")
        // The weights of these methods do not depend on the input there.
        let null = try #require(Self.value(found, text, method, .anotherInput))
        #expect(abs(null - 1) < (text.contains("pearson") ? 1e-5 : 1e-12), "\(text) \(null)")
      }
    }
  }

  @Test func `what a channel does is what a network edited by hand does`() throws {
    let model = try Self.model(pools: false)
    let sample = try EvaluationFixture.samples(model, count: 1)[0]
    let input = try #require(sample.inputs.values.first)
    let classIndex = try #require(sample.classIndex)
    let layer = try model.layer("layer")
    let values = try ActivationReader(model, layers: [layer]).activations([input])[0][0]
    let active = (0..<Self.channelCount).filter { channel in
      values.part(channel).elements.contains { $0 != 0 }
    }
    let scores = { (factors: [Float], input: Tensor) in
      try Predictor(Self.model(pools: false, factors)).scores([input])[0]
    }
    let ones = [Float](repeating: 1, count: Self.channelCount)
    let zeros = ones.map { _ in Float(0) }
    let contrast = { (scores: [Float]) in
      Double(scores[classIndex])
        - (0..<3).filter { $0 != classIndex }.reduce(0.0) { $0 + Double(scores[$1]) } / 2
    }
    for trial in ChannelTrial.allCases {
      let plan = try Self.plan(
        model, ["grad-cam"], ["channel-weights:against=\(trial.rawValue):channels=0"])
      let passes = try SampleEvaluator(plan).evaluate(sample, partner: nil).passes
      let found = try #require(passes.values.first)
      #expect(passes.count == 1 && found.count == 2 * active.count)
      var (effects, contrasts) = ([Double](), [Double]())
      for channel in active {
        var (one, other): ([Float], [Float])
        switch trial {
        case .remove:
          one = try scores(ones, input)
          other = try scores(ones.indices.map { $0 == channel ? 0 : 1 }, input)
        case .alone:
          one = try scores(ones.indices.map { $0 == channel ? 1 : 0 }, input)
          other = try scores(zeros, input)
        case .keep:
          let map = values.part(channel).elements
          let (least, largest) = (map.min() ?? 0, map.max() ?? 0)
          let masked = zip(input.elements, map).map { $0 * ($1 - least) / (largest - least) }
          one = try scores(ones, Tensor(shape: input.shape, elements: masked))
          other = try scores(ones, Tensor(shape: input.shape, repeating: 0))
        }
        contrasts.append(contrast(one) - contrast(other))
        if trial == .keep {
          one = try #require(model.probabilities(one))
          other = try #require(model.probabilities(other))
        }
        effects.append(Double(one[classIndex]) - Double(other[classIndex]))
      }
      expectClose(found, effects + contrasts, absolute: 1e-5, trial.rawValue)
      #expect(Set(effects).count > 5)
    }
  }

  @Test func `what channels do is found once for all methods, and once only`() throws {
    let model = try Self.model(pools: false)
    let samples = try EvaluationFixture.samples(model, count: 2)
    let texts = Self.texts("channels=8") + ["channel-weights:score=contrast:channels=8"]
    let one = try SampleEvaluator(Self.plan(model, ["grad-cam"], texts))
      .evaluate(samples[0], partner: samples[1])
    let plan = try Self.plan(model, ["grad-cam", "layer-cam", "relevance-cam"], texts)
    let several = try SampleEvaluator(plan).evaluate(samples[0], partner: samples[1])
    // The whole input, the whole activation, and eight channels.
    #expect(one.passCount == 10 && several.passCount == 10)
    #expect(one.passes == several.passes && several.passes.count == 1)
    var known = KnownSample()
    known.passes = several.passes
    let again = try SampleEvaluator(plan)
      .evaluate(samples[0], partner: samples[1], known: known)
    #expect(again.passCount == 1 && again.passes.isEmpty)
    for score in several.scores {
      let other = again.scores.first { $0.map == score.map && $0.metric == score.metric }
      #expect(other?.measurement == score.measurement)
    }
  }

  @Test
  func
    `maps without weights have no number, and controls are weights of no method or of another input`()
    throws
  {
    let model = try Self.model(pools: false)
    let samples = try EvaluationFixture.samples(model, count: 3)
    let (sample, partner) = (samples[0], samples[1])
    let text = "channel-weights:channels=0"
    let plan = try Self.plan(model, ["grad-cam", "layer-cam"], [text, "weight-stability"])
    let found = try SampleEvaluator(plan)
      .evaluate(sample, partner: samples[2], companion: partner)
    #expect(found.scores.count == 4)
    #expect(!found.scores.contains { $0.map.method == "layer-cam" || $0.map.control == .blind })
    let stability = try #require(Self.value(found, "weight-stability", "grad-cam"))
    #expect(abs(stability - 1) < 1e-6, "the network is linear behind the layer")
    let layer = try model.layer("layer")
    let input = try #require(sample.inputs.values.first)
    let values = try ActivationReader(model, layers: [layer]).activations([input])[0][0]
    let means = (0..<Self.channelCount).map { channel in
      values.part(channel).elements.map { Double($0) }.mean
    }
    let active = means.indices.filter { means[$0] > 0 }
    let effects = Array(try #require(found.passes.values.first).prefix(active.count))
    var weighing = try ExplanationPlan(
      model, methods: [ChosenMethod("grad-cam")], layers: ["layer"],
      targets: [.output(try #require(sample.classIndex))])
    weighing.keepsChannelWeights = true
    let other = try #require(partner.inputs.values.first)
    let weights = try #require(
      try Explainer(model, weighing).explain([other])[0].explanations[0].channelWeights)
    let expected = Correlation.ofRanks(active.map { Double(weights[$0]) * means[$0] }, effects)
    #expect(Self.value(found, text, "grad-cam", .anotherInput) == expected)
    let sums = Correlation.ofRanks(active.map { means[$0] }, effects)
    #expect(Self.value(found, text, "activations", .activations) == sums)
  }
}
