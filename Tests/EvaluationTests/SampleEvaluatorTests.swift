import ExplanationQuality
import Explanations
import Foundation
import TensorCore
import TestSupport
import Testing

@testable import Evaluation

/// Numbers of an evaluation against the same metrics of maps and scores that are found one by one.
struct SampleEvaluatorTests {
  @Test func `metrics get the maps and scores that they asked for`() throws {
    let model = try EvaluationFixture.model()
    let plan = try EvaluationFixture.plan(model)
    let samples = try EvaluationFixture.samples(model, count: 2)
    let sample = samples[0]
    let found = try SampleEvaluator(plan).evaluate(sample, partner: samples[1])
    let input = try #require(sample.inputs.values.first)
    let facts = SampleFacts(positions: [6, 6], seed: sample.seed(3))
    let predictor = try Predictor(model)
    var compared = 0
    for score in found.scores where score.map.control == nil {
      let explanations = try ExplanationPlan(
        model, methods: [try ChosenMethod(score.map.method)], layers: ["layer"],
        targets: [.output(try #require(sample.classIndex))])
      let map = try Explainer(model, explanations).explain([input])[0].explanations[0].aligned
      let reading = MapReading(
        map.elements, positions: [6, 6], ties: TieOrder(count: 36, seed: facts.seed))
      let metric = try ChosenMetric(parsing: score.metric)
      let value: Double?
      switch metric.metric.procedure {
      case .map(let measure): value = measure(reading, metric.settings).value
      case .truth(let measure):
        value = measure(reading, try #require(sample.truth), metric.settings).value
      case .masked(let measuring):
        let values = try scores(
          measuring.rows(reading, facts, metric.settings), sample, model, predictor)
        value = measuring.measurement(reading, values, facts, metric.settings).value
      case .shared(let measuring):
        let values = try scores(
          measuring.rows(facts, metric.settings), sample, model, predictor)
        value = measuring.measurement(reading, values, facts, metric.settings).value
      case .repeated, .reexplained, .paired, .channels, .reweighted, .randomized, .planted: continue
      }
      compared += 1
      let own = try #require(score.measurement.value)
      #expect(abs(own - (try #require(value))) < 1e-5)
    }
    #expect(compared == 10)
  }

  /// Probabilities of masked inputs that are scored alone.
  private func scores(
    _ rows: [MaskedRow], _ sample: EvaluationSample, _ model: Model, _ predictor: Predictor
  ) throws -> [Double] {
    let masked = MaskedSample(
      sample.inputs, masking: model.inputs[0], seed: sample.seed(3))
    return try InputScorer(model).inputs(of: rows, in: masked).map { input in
      let probabilities = try #require(model.probabilities(try predictor.scores([input])[0]))
      return Double(probabilities[try #require(sample.classIndex)])
    }
  }

  @Test func `controls stand beside maps, and another input's map is of the one before`() throws {
    let model = try EvaluationFixture.model()
    let plan = try EvaluationFixture.plan(model, metrics: ["gini"])
    let samples = try EvaluationFixture.samples(model, count: 2)
    let evaluator = try SampleEvaluator(plan)
    let first = try evaluator.evaluate(samples[0], partner: samples[1])
    let second = try evaluator.evaluate(samples[1], partner: samples[0])
    let map = { (found: EvaluatedSample, key: MapKey) in
      found.maps.first { $0.key == key }?.map
    }
    for key in plan.methodKeys {
      #expect(map(first, key) != nil && map(first, key) == map(second, key.ofAnotherInput))
      #expect(map(second, key) == map(first, key.ofAnotherInput))
    }
    #expect(Set(first.maps.map(\.key)) == Set(plan.methodKeys + plan.controlKeys))
    #expect(plan.controlKeys.contains { $0.control == .activations })
    #expect(plan.controlKeys.contains { $0.control == .blind })
  }
}
