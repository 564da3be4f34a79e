import GraphIR
import Operations

/// How relevance is divided among computed values that are added, such as the branches of a
/// residual join.
public enum SumSplit: String, CaseIterable, Codable, Hashable, Sendable {
  /// In proportion to the values with their signs, stabilized by 1e-6.
  case signed
  /// In proportion to the values with their signs, without a stabilizer: parts are huge and of
  /// opposite sign where values nearly cancel.
  case unstabilized
  /// In proportion to their magnitudes, `|a| / (|a| + |b|)`.
  ///
  /// The ratio-based splitting of Otsuki et al. 2024 (arXiv 2407.09115).
  case absolute
  /// In equal parts, whatever the values are: nothing is absorbed.
  ///
  /// The symmetric splitting of Otsuki et al. 2024 (arXiv 2407.09115).
  case equal
}

extension SumSplit {
  /// The relevance of each summand, before repetition is undone.
  func relevances(
    _ relevance: Value, of summands: [Value], sum: Value, _ recorder: RelevanceRecorder?
  ) -> [Value] {
    switch self {
    case .signed: proportional(relevance, summands, sum, .tiny, recorder)
    case .unstabilized: proportional(relevance, summands, sum, .zeroAtZero, recorder)
    case .absolute:
      proportional(
        relevance, summands.map(\.absolute),
        summands.dropFirst().reduce(summands[0].absolute) { $0 + $1.absolute }, .tiny, recorder)
    case .equal:
      [Value](repeating: relevance * (1 / Float(summands.count)), count: summands.count)
    }
  }

  private func proportional(
    _ relevance: Value, _ parts: [Value], _ sum: Value, _ stabilizer: Stabilizer,
    _ recorder: RelevanceRecorder?
  ) -> [Value] {
    let s = stabilizer.quotient(relevance, sum)
    recorder?.addLosses(Quotient(relevance: relevance, z: sum, s: s, stabilizer: stabilizer))
    return parts.map { $0 * s }
  }
}
