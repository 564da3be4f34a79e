import ExplanationQuality
import Explanations
import TensorCore

/// Maps of an input with a thing of its partner in it, for the class of the thing.
struct PlantedMaps {
  let thing: PlantedThing
  let maps: [MapKey: MethodMap]
}

extension FurtherMaps {
  /// The maps of the input with the thing that truth marks in its partner; nil where there is none, or both
  /// are of one class.
  ///
  /// The control "another input" is the map of the input as it is, for the class of the thing.
  func madePlanted() throws -> PlantedMaps? {
    guard let partner, let index = partner.classIndex, index != sample.classIndex,
      let thing = partner.truth, let own = sample.inputs[input.name],
      let other = partner.inputs[input.name],
      let planting = Planting(
        thing.inside, of: other.elements, into: own.elements, channels: own.shape[0], facts)
    else { return nil }
    let target = sample.explaining(index, partner.weights, as: "planted", rival: nil)
    let inputs = changed(Tensor(shape: own.shape, elements: planting.input))
    let before = try score(sample.inputs, of: target)
    let after = try score(inputs, of: target)
    return PlantedMaps(
      thing: PlantedThing(region: planting.region, before: before, after: after),
      maps: try sources.maps.maps(
        sources.plan.methodKeys + sources.plan.controlKeys, of: ExplainedInput(inputs, for: target),
        beside: ExplainedInput(sample, for: target)))
  }

  /// What the network says of an input.
  private func score(
    _ inputs: [String: Tensor], of target: EvaluationSample
  ) throws -> Double {
    let reading = ScoreReading(
      scale: sources.plan.scale, model: sources.plan.model, weights: target.weights)
    return try sources.scorer.scores(of: [.whole], in: masked(inputs)).map(reading.value)[0]
  }
}
