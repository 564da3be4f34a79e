import ExplanationQuality
import Explanations
import Foundation
import TensorCore
import TestSupport
import Testing

@testable import Evaluation

/// Maps of inputs with a thing of another input in them.
struct PlantedMapsTests {
  private static let metrics = ["planted:margin=0", "planted-auc:margin=0"]

  /// Samples of classes that differ from one to the next.
  private static func samples(_ model: Model) throws -> [EvaluationSample] {
    let all = try EvaluationFixture.samples(model, count: 40)
    var chosen: [EvaluationSample] = []
    for sample in all where sample.classIndex != chosen.last?.classIndex { chosen.append(sample) }
    return chosen
  }

  @Test func `maps are of the class of the thing, with it and without`() throws {
    let model = try EvaluationFixture.model()
    let plan = try EvaluationFixture.plan(model, metrics: Self.metrics)
    let samples = try Self.samples(model)
    let evaluator = try SampleEvaluator(plan)
    let scores = try Predictor(model)
    var compared = 0
    for (sample, partner) in zip(samples, samples.dropFirst()) {
      let facts = SampleFacts(positions: [6, 6], seed: sample.seed(3))
      let input = try #require(sample.inputs.values.first)
      let thing = try #require(partner.truth).inside
      let donor = try #require(partner.inputs.values.first)
      let made = Planting(
        thing, of: donor.elements, into: input.elements, channels: 1, facts)
      let planting = try #require(made)
      let planted = Tensor(shape: input.shape, elements: planting.input)
      let index = try #require(partner.classIndex)
      let probability = { (input: Tensor) in
        let raw = try scores.scores([input])[0]
        return Double(try #require(model.probabilities(raw))[index])
      }
      let rise = try probability(planted) - probability(input)
      let found = try evaluator.evaluate(sample, partner: partner)
      for key in plan.methodKeys {
        let explained = try ExplanationPlan(
          model, methods: [try ChosenMethod(key.method)], layers: ["layer"],
          targets: [.output(index)])
        for (key, input) in [(key, planted), (key.ofAnotherInput, input)] {
          let score = try #require(
            found.scores.first { $0.map == key && $0.metric == Self.metrics[0] })
          guard rise > 0 else {
            #expect(score.measurement.value == nil)
            continue
          }
          let map = try Explainer(model, explained, batch: 1).explain([input])[0].explanations[0]
            .map
          let positive = map.elements.map { max(Double($0), 0) }
          let inside = zip(positive, planting.region.inside).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
          let sum = positive.reduce(0, +)
          #expect(abs((score.measurement.value ?? .nan) - (sum > 0 ? inside / sum : 0)) < 1e-9)
          #expect(abs(score.measurement.scores[1] - score.measurement.scores[0] - rise) < 1e-6)
          compared += 1
        }
      }
    }
    #expect(compared >= 8)
  }

  @Test func `numbers rest on the other input, and are found anew with another`() async throws {
    let model = try EvaluationFixture.model()
    let plan = try EvaluationFixture.plan(model, metrics: Self.metrics)
    let samples = try Self.samples(model)
    let folder = try TemporaryFolder()
    let path = folder.path("store.sqlite")
    let whole = try await EvaluationFixture.run(plan, samples, at: path)
    #expect(whole.values.contains { $0 != nil })
    #expect(try await EvaluationFixture.run(plan, samples, at: path) == whole)
    // Without the second input the third has another one beside it.
    let without = [samples[0]] + samples.dropFirst(2)
    let fresh = try await EvaluationFixture.run(plan, without, at: folder.path("fresh.sqlite"))
    let again = try await EvaluationFixture.run(plan, without, at: path)
    for (name, value) in fresh where name.contains("planted") && !name.contains("another-input") {
      #expect(again[name] == value)
    }
    // Inputs without a thing beside them have no number.
    #expect(!fresh.keys.contains { $0.contains(samples[0].name + " ") })
  }
}
