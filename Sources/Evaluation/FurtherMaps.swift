import ExplanationQuality
import Explanations
import TensorCore

/// Maps of one input that only some metrics ask for.
struct FurtherMaps {
  let source: MapSource
  let scorer: InputScorer
  let sample: EvaluationSample
  let masked: MaskedSample
  let ties: TieOrder
  let plan: EvaluationPlan

  /// The maps of the input on their own grids.
  let grids: [MapKey: Tensor]

  /// Its maps by networks with random weights, where they were asked for.
  let random: RandomNetworkMaps?

  /// Another input, if possible of the same class.
  let companion: EvaluationSample?

  /// What layers make of the input, and what their channels do.
  let found: ChannelFindings

  /// The input that maps lie on.
  var input: NetworkInput { plan.input }

  /// The maps of changed inputs, by the method of a map.
  func ofInputs(_ inputs: [Tensor], _ key: MapKey) throws -> [MapReading] {
    try explained(inputs).map { reading($0, key) }
  }

  /// What methods make of changed inputs.
  private func explained(_ inputs: [Tensor]) throws -> [[MapKey: MethodMap]] {
    try inputs.map { tensor in
      var inputs = sample.inputs
      inputs[input.name] = tensor
      return try source.explained(inputs, sample)
    }
  }

  /// The weights of channels that a map is a sum of; of another input, for what is explained of this
  /// one; nil where there are none.
  func weights(_ key: MapKey) throws -> [Double]? {
    switch key.control {
    case nil: return try source.ofMethods(sample)[key]?.weights
    case .anotherInput:
      guard let companion else { return nil }
      return try source.ofMethods(sample, with: companion)[key.ofMethod]?.weights
    case .activations: return key.layer.flatMap { found.layers[$0]?.means }
    case .blind: return nil
    }
  }

  /// The weights of channels of changed inputs.
  func weightsOfInputs(_ inputs: [Tensor], _ key: MapKey) throws -> [[Double]] {
    try explained(inputs).compactMap { $0[key]?.weights }
  }

  /// The channels that a metric asks for; nil where there are no weights.
  ///
  /// - Parameters:
  ///   - key: What the weights are of.
  ///   - measuring: The metric.
  ///   - metric: The metric with its settings.
  ///   - facts: What is known of the input.
  ///   - values: What each channel does to the explained score, and then to its contrast.
  /// - Returns: The channels.
  /// - Throws: What explaining throws.
  func channels(
    _ key: MapKey, _ measuring: ChannelMeasuring, _ metric: ChosenMetric, _ facts: SampleFacts,
    _ values: [Double]
  ) throws -> ChannelReading? {
    guard let layer = key.layer, let known = found.layers[layer], let weights = try weights(key)
    else { return nil }
    let channels = found.tried(measuring, metric, layer, facts).channels
    guard values.count == 2 * channels.count else { return nil }
    return ChannelReading(
      weights: channels.map { weights[$0] }, means: channels.map { known.means[$0] },
      effects: Array(values.prefix(channels.count)),
      contrasts: Array(values.suffix(channels.count)))
  }

  /// The maps of masked inputs.
  func ofRows(_ rows: [MaskedRow], _ key: MapKey) throws -> [MapReading] {
    try ofInputs(scorer.inputs(of: rows, in: masked), key)
  }

  /// The map of the class with the highest score besides the explained one; nil where classes are not
  /// explained.
  func ofRival(_ key: MapKey) throws -> MapReading? {
    guard let rival = sample.rival else { return nil }
    return try reading(source.ofMethods(rival), key)
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

  private func reading(_ maps: [MapKey: MethodMap], _ key: MapKey) -> MapReading {
    let map = maps[key]?.map ?? Tensor(shape: Shape(plan.positions), repeating: 0)
    return MapReading(
      plan.aligned(map, key).elements, positions: plan.positions, ties: ties)
  }
}

extension EvaluationSample {
  /// The same input with the class that comes next explained.
  var rival: EvaluationSample? {
    guard let classIndex, let rivalIndex, rivalIndex != classIndex else { return nil }
    var weights = [Float](repeating: 0, count: weights.count)
    weights[rivalIndex] = 1
    return EvaluationSample(
      name: name, row: row, digest: digest, inputs: inputs, label: label, weights: weights,
      classIndex: rivalIndex, target: "rival", predicted: predicted, rivalIndex: classIndex,
      half: half)
  }
}
