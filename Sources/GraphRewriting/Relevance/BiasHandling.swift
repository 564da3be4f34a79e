public import GraphIR
import Operations

/// What becomes of the relevance that belongs to a bias.
public enum BiasHandling: String, CaseIterable, Codable, Hashable, Sendable {
  /// The bias is left out of every denominator: nothing is absorbed.
  case ignored
  /// The positive part counts in the positive branch, once; it absorbs its share.
  case positive
  /// The bias counts once, with its sign; it absorbs its share.
  case once
  /// The bias counts twice, as in the released Relevance-CAM code; it absorbs its share.
  case twice
  /// The bias counts once, and its share is given to the inputs in proportion to the magnitudes of
  /// their contributions: nothing is absorbed.
  case proportional
}

/// What a bias adds to a denominator, and what becomes of the relevance that falls to it.
public struct CountedBias {
  /// What is added, as `LinearMap.apply` takes it.
  public let value: Value

  /// Whether the terms get its share after all, by their magnitudes; else it absorbs its share.
  public let isShared: Bool

  /// Creates a bias that counts.
  public init(_ value: Value, isShared: Bool = false) {
    self.value = value
    self.isShared = isShared
  }

  /// Another value of the same handling.
  func mapped(_ transform: (Value) -> Value) -> CountedBias {
    CountedBias(transform(value), isShared: isShared)
  }
}

extension LinearSite {
  /// The bias as it counts beside all contributions, or beside the positive ones where a rule
  /// divides contributions by sign; nil where it is left out.
  public func countedBias(_ handling: BiasHandling) -> CountedBias? {
    guard let bias = map.bias else { return nil }
    return switch handling {
    case .ignored: nil
    case .positive: CountedBias(bias.positive)
    case .once: CountedBias(bias)
    case .twice: CountedBias(bias * 2)
    case .proportional: CountedBias(bias, isShared: true)
    }
  }

  /// The bias as it counts beside the negative contributions, where a rule divides them by sign:
  /// what `countedBias` did not take as a whole.
  public func countedNegativeBias(_ handling: BiasHandling) -> CountedBias? {
    guard handling == .positive, let bias = map.bias else { return nil }
    return CountedBias(bias.negative)
  }
}
