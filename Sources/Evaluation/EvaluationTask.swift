import ExplanationQuality
import Explanations
import TensorCore

/// A number that is to be found: of a map, by a metric.
struct EvaluationTask: Sendable {
  let map: MapKey
  let metric: ChosenMetric
  let basis: String

  /// The number.
  ///
  /// - Parameters:
  ///   - reading: The map.
  ///   - sample: The input.
  ///   - values: The scores of what the metric asked for.
  ///   - facts: What else is known of the input.
  ///   - maps: Makes further maps of the method.
  /// - Returns: The number, with its curve if it sums up one.
  /// - Throws: What making further maps throws.
  func measurement(
    _ reading: MapReading, _ sample: EvaluationSample, _ values: [Double], _ facts: SampleFacts,
    _ maps: FurtherMaps
  ) throws -> Measurement {
    let settings = metric.settings
    switch metric.metric.procedure {
    case .map(let measure): return measure(reading, settings)
    case .truth(let measure):
      guard let truth = sample.truth else { return Measurement(nil) }
      return measure(reading, truth, settings)
    case .masked(let measuring): return measuring.measurement(reading, values, facts, settings)
    case .shared(let measuring): return measuring.measurement(reading, values, facts, settings)
    case .repeated, .reexplained, .paired, .channels, .reweighted, .randomized, .planted:
      return try measurement(reading, values, sample.inputs[maps.input.name], maps)
    }
  }

  /// The number of a metric that asks for further maps.
  private func measurement(
    _ reading: MapReading, _ values: [Double], _ input: Tensor?, _ maps: FurtherMaps
  ) throws -> Measurement {
    let (settings, facts) = (metric.settings, maps.facts)
    switch metric.metric.procedure {
    case .repeated(let measuring):
      guard let input else { return Measurement(nil) }
      let changed = try maps.ofInputs(map, for: metric.text) {
        measuring.inputs(input.elements, input.shape[0], facts, settings)
          .map { Tensor(shape: input.shape, elements: $0) }
      }
      return measuring.measurement(reading, changed, facts, settings)
    case .reexplained(let measuring):
      let changed = try maps.ofRows(measuring.explained(reading, facts, settings), map)
      return measuring.measurement(reading, changed, values, facts, settings)
    case .paired(let measure):
      guard let other = try maps.ofRival(map) else { return Measurement(nil) }
      return measure(reading, other, settings)
    case .channels(let measuring):
      return try maps.channels(map, measuring, metric, values).map {
        measuring.measurement($0, settings)
      } ?? Measurement(nil)
    case .reweighted(let measuring):
      guard let input, let weights = try maps.weights(map)
      else { return Measurement(nil) }
      let others = try maps.weightsOfInputs(map, for: metric.text) {
        measuring.inputs(input.elements, input.shape[0], facts, settings)
          .map { Tensor(shape: input.shape, elements: $0) }
      }
      return measuring.measurement(weights, others, settings)
    case .randomized(let measure):
      guard let networks = maps.ofRandomNetworks(map) else { return Measurement(nil) }
      return measure(networks, settings)
    case .planted(let measure):
      guard let planted = try maps.ofPlanted(map) else { return Measurement(nil) }
      return measure(planted.map, planted.thing, facts, settings)
    case .map, .truth, .masked, .shared: return Measurement(nil)
    }
  }
}

extension EvaluationTask {
  /// Under which key scores are kept that are the same for several maps.
  func passes(_ found: ChannelFindings, _ facts: SampleFacts) -> String {
    guard case .channels(let measuring) = metric.metric.procedure, let layer = map.layer
    else { return metric.text }
    return found.tried(measuring, metric, layer, facts).key
  }
}

extension EvaluationPlan {
  /// What is to be found for an input.
  func tasks(
    for sample: EvaluationSample, beside partner: EvaluationSample?, known: KnownSample
  ) -> [EvaluationTask] {
    let controls = controlKeys.filter { partner != nil || $0.control != .anotherInput }
    return (methodKeys + controls).flatMap { map in
      metrics.compactMap { metric in
        guard suits(metric, map, sample, partner) else { return nil }
        let basis = metric.basis(sample, partner)
        let key = ScoreKey(map: map, metric: metric.text, basis: basis)
        if known.scores.contains(key) { return nil }
        return EvaluationTask(map: map, metric: metric, basis: basis)
      }
    }
  }

  /// Whether a metric says something of a map of an input.
  ///
  /// Maps of other inputs are masked and explained again for few metrics only, as there are as many as maps.
  /// What is blind has the same map for another class and of random networks: only activations have another
  /// one of those.
  private func suits(
    _ metric: ChosenMetric, _ map: MapKey, _ sample: EvaluationSample,
    _ partner: EvaluationSample?
  ) -> Bool {
    switch metric.metric.procedure {
    case .map, .shared, .repeated: true
    case .masked, .reexplained:
      map.control != .anotherInput || primary.contains(metric.text)
    case .truth: sample.truth != nil
    case .planted: partner?.truth != nil
    case .randomized: map.control == nil || map.control == .activations
    case .paired: map.control == nil && sample.classIndex != nil
    case .channels: map.control == .activations || weighsChannels(map)
    case .reweighted: map.control == nil && weighsChannels(map)
    }
  }
}

extension EvaluationPlan {
  /// Whether a map is a weighted sum of the channels of a layer, by a method.
  private func weighsChannels(_ map: MapKey) -> Bool {
    guard map.layer != nil else { return false }
    return explanations.methods.contains {
      $0.method.weighsChannels && $0.method.id == map.method && $0.changedSettings == map.settings
    }
  }
}

extension ChosenMetric {
  /// What its numbers rest on besides the map and the input.
  func basis(_ sample: EvaluationSample, _ partner: EvaluationSample?) -> String {
    switch metric.procedure {
    case .truth: sample.truth.map { String($0.hash, radix: 16) } ?? ""
    case .planted:
      partner.flatMap { partner in
        partner.truth.map {
          "\(partner.digest) \(partner.classIndex ?? -1) \(String($0.hash, radix: 16))"
        }
      } ?? ""
    case .map, .masked, .shared, .repeated, .reexplained, .paired, .channels, .reweighted,
      .randomized:
      ""
    }
  }
}

extension TruthRegion {
  /// A number that tells it from others, the same in every run.
  fileprivate var hash: UInt64 {
    var hash = StableHash()
    for part in [inside, others ?? []] + instances {
      for flag in part { hash.add(flag ? 1 : 2) }
      hash.add(3)
    }
    return hash.value
  }
}
