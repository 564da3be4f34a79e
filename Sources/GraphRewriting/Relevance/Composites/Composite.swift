import GraphIR
import Operations

/// How relevance is divided among computed values that are added.
public enum SumSplit: Hashable, Sendable {
  /// In proportion to the values with their signs, stabilized by 1e-6.
  case signed
  /// In proportion to their magnitudes.
  case absolute
}

/// Which relevance rule applies where in a network.
public struct Composite: Sendable {
  /// The rule for linear layers that see the input of the network; nil means as elsewhere.
  public var first: (any RelevanceRule)?

  /// The rule for convolutions.
  public var convolution: any RelevanceRule

  /// The rule for matrix products.
  public var dense: any RelevanceRule

  /// The rule for sums and averages over positions or channels.
  public var averaging: any RelevanceRule = EpsilonRule(.tiny)

  /// How relevance is divided among values that are added.
  public var sum: SumSplit = .signed

  /// Creates a composite; averages are divided in proportion to contributions.
  public init(
    first: (any RelevanceRule)? = nil, convolution: any RelevanceRule, dense: any RelevanceRule
  ) {
    self.first = first
    self.convolution = convolution
    self.dense = dense
  }

  /// The rule for a linear map.
  func rule(for map: LinearMap, isFirst: Bool) -> any RelevanceRule {
    switch map.kind {
    case .averaging: averaging
    case .convolution: isFirst ? first ?? convolution : convolution
    case .dense: isFirst ? first ?? dense : dense
    }
  }
}

extension SumSplit {
  /// The relevance of each summand, before repetition is undone.
  func relevances(_ relevance: Value, of summands: [Value], sum: Value) -> [Value] {
    switch self {
    case .signed:
      let s = Stabilizer.tiny.quotient(relevance, sum)
      return summands.map { $0 * s }
    case .absolute:
      let magnitudes = summands.map(\.absolute)
      let total = magnitudes.dropFirst().reduce(magnitudes[0], +)
      let s = Stabilizer.tiny.quotient(relevance, total)
      return magnitudes.map { $0 * s }
    }
  }
}
