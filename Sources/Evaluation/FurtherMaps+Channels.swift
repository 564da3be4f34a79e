import ExplanationQuality
import Explanations

extension FurtherMaps {
  /// The weights of channels that a map is a sum of; of another input, for what is explained of this
  /// one; nil where there are none.
  func weights(_ key: MapKey) throws -> [Double]? {
    switch key.control {
    case nil: return try sources.maps.ofMethods(ExplainedInput(sample))[key]?.weights
    case .anotherInput:
      guard let companion else { return nil }
      return try sources.maps.ofMethods(ExplainedInput(companion, for: sample))[key.ofMethod]?
        .weights
    case .activations: return key.layer.flatMap { channels.layers[$0]?.means }
    case .blind: return nil
    }
  }

  /// The channels that a metric asks for; nil where there are no weights.
  ///
  /// - Parameters:
  ///   - key: What the weights are of.
  ///   - measuring: The metric.
  ///   - metric: The metric with its settings.
  ///   - values: What each channel does to the explained score, and then to its contrast.
  /// - Returns: The channels.
  /// - Throws: What explaining throws.
  func channels(
    _ key: MapKey, _ measuring: ChannelMeasuring, _ metric: ChosenMetric, _ values: [Double]
  ) throws -> ChannelReading? {
    guard let layer = key.layer, let known = channels.layers[layer], let weights = try weights(key)
    else { return nil }
    let tried = channels.tried(measuring, metric, layer, facts).channels
    guard values.count == 2 * tried.count else { return nil }
    return ChannelReading(
      weights: tried.map { weights[$0] }, means: tried.map { known.means[$0] },
      effects: Array(values.prefix(tried.count)),
      contrasts: Array(values.suffix(tried.count)))
  }
}
