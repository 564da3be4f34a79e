import ExplanationQuality
import Explanations
import TensorCore

/// Maps of one input that only some metrics ask for.
final class FurtherMaps {
  /// Where they come from.
  struct Sources {
    let maps: MapSource
    let scorer: InputScorer
    let plan: EvaluationPlan
  }

  let sources: Sources
  let sample: EvaluationSample

  /// Another input, whose maps are controls.
  let partner: EvaluationSample?

  /// Another input, if possible of the same class.
  let companion: EvaluationSample?
  let facts: SampleFacts
  let ties: TieOrder

  /// What layers make of the input, and what their channels do.
  let channels: ChannelFindings

  /// The maps of the input on their own grids.
  private let grids: [MapKey: Tensor]

  /// Its maps by networks with random weights, where they were asked for.
  private let random: RandomNetworkMaps?

  /// Maps of changed inputs that are the same for all maps, by the metric that changes them.
  private var changed: [String: [[MapKey: MethodMap]]] = [:]

  /// What is known of one input.
  struct Site {
    let sample: EvaluationSample
    let partner: EvaluationSample?
    let companion: EvaluationSample?
    let facts: SampleFacts
    let ties: TieOrder
  }

  /// Maps with a thing of the partner in the input, once they are made.
  private lazy var planted = Result { try madePlanted() }

  init(
    _ sources: Sources, of site: Site, channels: ChannelFindings, grids: [MapKey: Tensor],
    random: RandomNetworkMaps?
  ) {
    self.sources = sources
    sample = site.sample
    partner = site.partner
    companion = site.companion
    facts = site.facts
    ties = site.ties
    self.channels = channels
    self.grids = grids
    self.random = random
  }

  private var plan: EvaluationPlan { sources.plan }

  /// The input that maps lie on.
  var input: NetworkInput { plan.input }

  /// The maps of changed inputs that are the same for all maps.
  ///
  /// - Parameters:
  ///   - key: What is to be mapped; of the control "another input" the first changed input suffices.
  ///   - metric: What changes them, by its text.
  ///   - inputs: Makes them, where no map asked before.
  /// - Returns: Those that there are, in the order of the inputs.
  /// - Throws: What making maps throws.
  func ofInputs(
    _ key: MapKey, for metric: String, _ inputs: () -> [Tensor]
  ) throws -> [MapReading] {
    let keys = plan.methodKeys + plan.controlKeys
    return try known(metric) { try maps(keys, of: inputs()) }
      .compactMap { reading($0[key], key) }
  }

  /// The weights of channels of changed inputs that are the same for all maps.
  func weightsOfInputs(
    _ key: MapKey, for metric: String, _ inputs: () -> [Tensor]
  ) throws -> [[Double]] {
    try known(metric) { try maps(plan.methodKeys, of: inputs()) }.compactMap { $0[key]?.weights }
  }

  /// The maps of masked inputs.
  func ofRows(_ rows: [MaskedRow], _ key: MapKey) throws -> [MapReading] {
    let inputs = try sources.scorer.inputs(of: rows, in: masked(sample.inputs))
    return try maps([key], of: inputs).compactMap { reading($0[key], key) }
  }

  private func known(
    _ metric: String, _ make: () throws -> [[MapKey: MethodMap]]
  ) rethrows -> [[MapKey: MethodMap]] {
    if let known = changed[metric] { return known }
    let made = try make()
    changed[metric] = made
    return made
  }

  /// What methods and controls make of changed inputs.
  ///
  /// The control "another input" is a map of the partner:
  /// what becomes of it is the map of the first changed input, for the class of the partner.
  private func maps(_ keys: [MapKey], of inputs: [Tensor]) throws -> [[MapKey: MethodMap]] {
    try inputs.enumerated().map { index, tensor in
      try Task.checkCancellation()
      let inputs = changed(tensor)
      return try sources.maps.maps(
        keys, of: ExplainedInput(inputs, for: sample),
        beside: index == 0 ? partner.map { ExplainedInput(inputs, for: $0) } : nil)
    }
  }

  /// All inputs of the sample with another tensor for the one that maps lie on.
  func changed(_ tensor: Tensor) -> [String: Tensor] {
    var inputs = sample.inputs
    inputs[input.name] = tensor
    return inputs
  }

  /// Inputs as they are masked.
  func masked(_ inputs: [String: Tensor]) -> MaskedSample {
    plan.masked(inputs, facts)
  }

  /// The map of the class with the highest score besides the explained one; nil where classes are not
  /// explained.
  func ofRival(_ key: MapKey) throws -> MapReading? {
    guard let rival = sample.rival else { return nil }
    return reading(try sources.maps.ofMethods(ExplainedInput(rival))[key], key)
  }

  /// The map on its own grid, with those of random networks; nil where there are none.
  func ofRandomNetworks(_ key: MapKey) -> RandomizedMaps? {
    guard let random, let original = grids[key] else { return nil }
    let ties = TieOrder(count: original.elements.count)
    var readings: [MapReading] = []
    for maps in random.networks {
      guard let map = maps[key], map.shape == original.shape else { return nil }
      readings.append(MapReading(map.elements, positions: map.shape.extents, ties: ties))
    }
    guard let other = readings.popLast() else { return nil }
    return RandomizedMaps(
      original: MapReading(original.elements, positions: original.shape.extents, ties: ties),
      stages: readings, other: other)
  }

  /// The map of the input with a thing of the partner in it, and the thing; nil where there is none.
  func ofPlanted(_ key: MapKey) throws -> (map: MapReading, thing: PlantedThing)? {
    guard let planted = try planted.get(), let map = reading(planted.maps[key], key) else {
      return nil
    }
    return (map, planted.thing)
  }

  /// A map at the positions of the input.
  func reading(_ map: MethodMap?, _ key: MapKey) -> MapReading? {
    map.map {
      MapReading(plan.aligned($0.map, key).elements, positions: plan.positions, ties: ties)
    }
  }
}

extension EvaluationSample {
  /// The same input with the class that comes next explained.
  var rival: EvaluationSample? {
    guard let classIndex, let rivalIndex, rivalIndex != classIndex else { return nil }
    var weights = [Float](repeating: 0, count: weights.count)
    weights[rivalIndex] = 1
    return explaining(rivalIndex, weights, as: "rival", rival: classIndex)
  }

  /// The same input with something else explained.
  func explaining(
    _ classIndex: Int, _ weights: [Float], as target: String, rival: Int?
  ) -> EvaluationSample {
    EvaluationSample(
      name: name, row: row, digest: digest, inputs: inputs, label: label, weights: weights,
      classIndex: classIndex, target: target, predicted: predicted, rivalIndex: rival, half: half)
  }
}
