import Catalogs
import ExplanationQuality
import Explanations
import Foundation
import TensorCore
import TestSupport
import Testing

@testable import Evaluation

/// Controls of metrics that explain inputs again.
struct RepeatedControlsTests {
  private let model: Model
  private let plan: EvaluationPlan
  private let samples: [EvaluationSample]
  private let found: EvaluatedSample
  private static let sensitivity = "max-sensitivity:draws=3"

  init() throws {
    model = try EvaluationFixture.model()
    plan = try EvaluationFixture.plan(
      model, metrics: [Self.sensitivity, "coherency", "shift-consistency"])
    samples = try EvaluationFixture.samples(model, count: 2)
    found = try SampleEvaluator(plan).evaluate(samples[0], partner: samples[1])
  }

  private func value(_ metric: String, _ map: MapKey) throws -> Double? {
    try #require(found.scores.first { $0.metric == metric && $0.map == map }).measurement.value
  }

  /// The inputs that the metric explains.
  private func changed() throws -> (inputs: [Tensor], measured: (Tensor, [Tensor]) -> Double?) {
    let chosen = try ChosenMetric(parsing: Self.sensitivity)
    guard case .repeated(let measuring) = chosen.metric.procedure else {
      return ([], { _, _ in nil })
    }
    let facts = SampleFacts(positions: [6, 6], seed: samples[0].seed(3))
    let input = try #require(samples[0].inputs.values.first)
    let inputs = measuring.inputs(input.elements, 1, facts, chosen.settings)
      .map { Tensor(shape: input.shape, elements: $0) }
    let reading = { (map: Tensor) in MapReading(map.elements, positions: [6, 6]) }
    return (
      inputs,
      { measuring.measurement(reading($0), $1.map(reading), facts, chosen.settings).value }
    )
  }

  private func maps(_ method: String, _ inputs: [Tensor], _ sample: EvaluationSample) throws
    -> [Tensor]
  {
    let explained = try ExplanationPlan(
      model, methods: [try ChosenMethod(method)], layers: ["layer"],
      targets: [.output(try #require(sample.classIndex))])
    let explainer = Explainer(model, explained, batch: 1)
    return try inputs.map { try explainer.explain([$0])[0].explanations[0].map }
  }

  @Test func `what looks at the input changes with it, and what is blind does not`() throws {
    let (inputs, measured) = try changed()
    let input = try #require(samples[0].inputs.values.first)
    for id in ["centered-gaussian", "random-order"] {
      #expect(try value(Self.sensitivity, MapKey(method: id, control: .blind)) == 0)
    }
    #expect(
      try value(Self.sensitivity, MapKey(method: "smooth-noise", layer: "layer", control: .blind))
        == 0)
    let edges = try #require(ControlCatalog.entries["edges"])
    let steep = { (input: Tensor) in
      Tensor(
        shape: [6, 6],
        elements: edges.map(
          ControlSite(
            input: input.elements, channels: 1, positions: [6, 6], stride: 1, seed: 0)))
    }
    let change = measured(steep(input), inputs.map(steep))
    #expect(
      try value(Self.sensitivity, MapKey(method: "edges", layer: "layer", control: .blind))
        == change && (change ?? 0) > 0)
    let reader = try ActivationReader(model, layers: [try model.layer("layer")])
    let sums = try ([input] + inputs).map { input in
      let value = try reader.activations([input])[0][0]
      return Tensor(
        shape: [6, 6],
        elements: (0..<36).map { place in
          (0..<4).reduce(0) { $0 + value.elements[36 * $1 + place] }
        })
    }
    #expect(
      try value(
        Self.sensitivity, MapKey(method: "activations", layer: "layer", control: .activations))
        == measured(sums[0], Array(sums.dropFirst())))
  }

  @Test func `another input is the scale: the picture replaced, the class kept`() throws {
    let (inputs, measured) = try changed()
    for key in plan.methodKeys {
      let own = try maps(key.method, [try #require(samples[0].inputs.values.first)], samples[0])
      let changes = measured(own[0], try maps(key.method, inputs, samples[0]))
      #expect(try value(Self.sensitivity, key) == changes)
      let partner = samples[1]
      let other = try maps(key.method, [try #require(partner.inputs.values.first)], partner)
      let scale = measured(other[0], try maps(key.method, [inputs[0]], partner))
      #expect(try value(Self.sensitivity, key.ofAnotherInput) == scale)
      let (small, large) = (try #require(changes), try #require(scale))
      #expect(small < large)
    }
  }

  @Test func `blind maps are coherent and keep their place`() throws {
    let spot = MapKey(method: "centered-gaussian", control: .blind)
    let coherency = try #require(try value("coherency", spot))
    #expect(abs(coherency - 1) < 1e-12)
    // It does not move with the input.
    let consistency = try #require(try value("shift-consistency", spot))
    #expect(consistency < 0.99)
    for metric in ["coherency", "shift-consistency"] {
      let judged = Set(found.scores.filter { $0.metric == metric }.map(\.map.control))
      #expect(judged.isSuperset(of: [nil, .blind, .activations]))
    }
  }
}
