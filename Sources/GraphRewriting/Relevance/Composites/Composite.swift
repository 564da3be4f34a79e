import GraphIR
import Operations

/// How relevance passes offsets and factors that no linear layer has absorbed, such as a batch norm
/// after a rectifier.
public enum AffineHandling: String, CaseIterable, Codable, Hashable, Sendable {
  /// All relevance stays where it is.
  case passThrough = "pass-through"
  /// By the rule for convolutions, so that the offset counts as a bias.
  case linear
}

/// Which relevance rule applies where in a network.
public struct Composite: Sendable {
  /// The rule for linear layers that see the input of the network; nil means as elsewhere.
  public var first: (any RelevanceRule)?

  /// The rule for linear layers that no other follows; nil means as elsewhere.
  ///
  /// A layer that is both the first and the last follows this one.
  public var last: (any RelevanceRule)?

  /// The rule for convolutions.
  public var convolution: any RelevanceRule

  /// The rule for matrix products.
  public var dense: any RelevanceRule

  /// The rule for sums and averages over positions or channels.
  public var averaging: any RelevanceRule = EpsilonRule(.tiny)

  /// How relevance is divided among values that are added.
  public var sum: SumSplit = .signed

  /// How relevance is divided among the values that a maximum over positions is taken of.
  public var pooling: PoolingSplit = .winner

  /// How relevance passes offsets and factors that no linear layer has absorbed.
  public var affine: AffineHandling

  /// Creates a composite; averages are divided in proportion to contributions.
  ///
  /// - Parameters:
  ///   - first: The rule for linear layers that see the input of the network.
  ///   - convolution: The rule for convolutions.
  ///   - dense: The rule for matrix products.
  ///   - bias: What becomes of biases: where they keep their share, so do offsets that no layer has
  ///     absorbed.
  public init(
    first: (any RelevanceRule)? = nil, convolution: any RelevanceRule, dense: any RelevanceRule,
    bias: BiasHandling = .ignored
  ) {
    affine = bias == .ignored || bias == .proportional ? .passThrough : .linear
    self.first = first
    self.convolution = convolution
    self.dense = dense
  }

  /// The rule for a linear map.
  func rule(for map: LinearMap, isFirst: Bool, isLast: Bool) -> any RelevanceRule {
    let special = (isLast ? last : nil) ?? (isFirst ? first : nil)
    return switch map.kind {
    case .averaging: averaging
    case .affine: convolution
    case .convolution: special ?? convolution
    case .dense: special ?? dense
    }
  }
}
