import GraphIR
import Operations

/// How relevance is divided among the values that a maximum is taken of.
public enum PoolingSplit: String, CaseIterable, Codable, Hashable, Sendable {
  /// The winner takes all; the first of equals.
  case winner
  /// In proportion to the positive parts of all values of a window; where a window has none, the
  /// winner takes all, so that nothing is lost.
  case proportional
}

extension PoolingSplit {
  /// The relevance of what a maximum is taken of.
  ///
  /// - Parameters:
  ///   - site: The maximum, with the map that sums over its windows up to a factor.
  ///   - recorder: Who notes what becomes of the relevance, where somebody asks.
  ///   - winner: What the winners get of a relevance.
  /// - Returns: The relevance of the input.
  static func proportional(
    _ site: LinearSite, _ recorder: RelevanceRecorder?, winner: (Value) -> Value
  ) -> Value {
    let values = site.input.positive
    let sums = site.map.apply(values, site.map.weights)
    let zero = sums.builder.constant(0)
    let isEmpty = sums.isEqual(to: zero)
    let filled = LinearSite(
      input: values, relevance: isEmpty.choosing(zero, else: site.relevance), map: site.map)
    let shared = EpsilonRule(.zeroAtZero).inputRelevance(at: filled, recorder)
    return shared + winner(isEmpty.choosing(site.relevance, else: zero))
  }
}
