import ExplanationQuality
import Explanations
import Foundation
import Statistics
import TensorCore
import TestSupport
import Testing

@testable import Evaluation

/// Maps of networks with random weights within an evaluation.
struct RandomNetworksTests {
  private static let metrics = ["randomization", "randomization-floor", "gini"]

  @Test func `similarities are those of maps that are made one by one`() throws {
    let model = try EvaluationFixture.model()
    let plan = try EvaluationFixture.plan(model, metrics: Self.metrics)
    let sample = try EvaluationFixture.samples(model, count: 1)[0]
    let found = try SampleEvaluator(plan).evaluate(sample, partner: nil)
    let steps = model.randomizationSteps()
    #expect(steps.map(\.count) == [1, 0])
    for method in ["grad-cam", "layer-cam"] {
      let explained = try ExplanationPlan(
        model, methods: [try ChosenMethod(method)], layers: ["layer"],
        targets: [.output(try #require(sample.classIndex))])
      let input = try #require(sample.inputs.values.first)
      let magnitudes = { (model: Model) in
        try Explainer(model, explained).explain([input])[0].explanations[0].map.elements
          .map { Double(abs($0)) }
      }
      let original = try magnitudes(model)
      let stages = try steps.map { try magnitudes(model.randomized(above: $0, seed: 3)) }
      let other = try magnitudes(model.randomized(seed: ~3))
      let measured = { (metric: String) in
        found.scores.first { $0.map.method == method && $0.metric == metric }?.measurement
      }
      let expected = stages.map { Correlation.ofRanks(original, $0) }
      let value = try #require(measured("randomization"))
      #expect(value.value == expected[1] && value.value != nil)
      #expect(value.scores == expected.compactMap(\.self))
      #expect(
        measured("randomization-floor")?.value == Correlation.ofRanks(stages[1], other))
    }
  }

  @Test func `what stands above a layer does not change its activations`() throws {
    let model = try EvaluationFixture.model()
    let plan = try EvaluationFixture.plan(model, metrics: Self.metrics)
    let sample = try EvaluationFixture.samples(model, count: 1)[0]
    let found = try SampleEvaluator(plan).evaluate(sample, partner: nil)
    let sums = try #require(
      found.scores.first { $0.map.control == .activations && $0.metric == "randomization" })
    #expect(abs(sums.measurement.scores[0] - 1) < 1e-12 && sums.measurement.scores[1] < 0.99)
    let judged = found.scores.filter { $0.metric == "randomization" }.map(\.map.control)
    #expect(Set(judged) == [nil, .activations])
  }

  @Test func `a run that was stopped goes on to the same numbers, on any number of lanes`()
    async throws
  {
    let model = try EvaluationFixture.model()
    let plan = try EvaluationFixture.plan(model, metrics: Self.metrics)
    let samples = try EvaluationFixture.samples(model, count: 11)
    let folder = try TemporaryFolder()
    let whole = try await EvaluationFixture.run(plan, samples, at: folder.path("whole.sqlite"))
    #expect(whole.values.count { $0 != nil } > 11 * 6)
    let path = folder.path("part.sqlite")
    // Three inputs, then two more that leave gaps in blocks, then all.
    try await EvaluationFixture.run(plan, Array(samples[..<3]), at: path)
    try await EvaluationFixture.run(plan, Array(samples[5..<7]), at: path)
    let resumed = try await EvaluationFixture.run(plan, samples, at: path, lanes: 2)
    #expect(resumed == whole)
    // Metrics that come later find the maps of the first run in the store.
    let grown = folder.path("grown.sqlite")
    let first = try EvaluationFixture.plan(model, metrics: ["gini"])
    try await EvaluationFixture.run(first, samples, at: grown)
    #expect(try await EvaluationFixture.run(plan, samples, at: grown) == whole)
  }
}
