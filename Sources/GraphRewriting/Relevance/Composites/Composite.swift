/// How relevance passes offsets and factors that no linear layer has absorbed, such as a batch norm
/// after a rectifier.
public enum AffineHandling: String, CaseIterable, Codable, Hashable, Sendable {
  /// All relevance stays where it is.
  case passThrough = "pass-through"
  /// By the rule for convolutions, so that the offset counts as a bias.
  case linear
}

/// Which relevance rule applies where in a network, and which form of the network that is.
///
///     {"first": {"rule": "box", "low": -1, "high": 1},
///      "convolution": {"rule": "gamma", "gamma": 0.25},
///      "dense": {"rule": "epsilon", "epsilon": 1e-6},
///      "sum": "absolute", "pooling": "winner", "product": "halves", "normalization": "linear",
///      "bias": "ignored"}
///
/// Only `convolution` has to be there.
public struct Composite: Hashable, Sendable {
  /// The rule for linear layers that see the input of the network; nil means as elsewhere.
  public var first: RuleChoice?

  /// The rule for linear layers that no other follows; nil means as elsewhere.
  ///
  /// A layer that is both the first and the last follows this one.
  public var last: RuleChoice?

  /// The rule for convolutions.
  public var convolution: RuleChoice

  /// The rule for matrix products; that for convolutions when nil.
  public var dense: RuleChoice?

  /// The rule for sums and averages over positions or channels; in proportion to contributions when
  /// nil.
  public var averaging: RuleChoice?

  /// How relevance is divided among values that are added; `signed` when nil.
  public var sum: SumSplit?

  /// How relevance is divided among the values that a maximum over positions is taken of; `winner`
  /// when nil.
  public var pooling: PoolingSplit?

  /// How relevance is divided among the two computed values of a matrix product; `halves` when nil.
  public var product: ProductSplit?

  /// How relevance passes the mean that normalizations subtract; `linear` when nil.
  public var normalization: NormalizationHandling?

  /// How relevance passes offsets and factors that no linear layer has absorbed; when nil, as
  /// biases keep their share or not.
  public var affine: AffineHandling?

  /// What becomes of biases where a rule does not say it; what is usual for each rule when nil.
  public var bias: BiasHandling?

  /// The form of the network that the rules are applied to; `folded` when nil.
  public var network: NetworkForm?

  /// Creates a composite of rules by name.
  ///
  /// - Parameters:
  ///   - first: The rule for linear layers that see the input of the network.
  ///   - convolution: The rule for convolutions.
  ///   - dense: The rule for matrix products; that for convolutions when nil.
  ///   - bias: What becomes of biases where a rule does not say it.
  public init(
    first: RuleChoice? = nil, convolution: RuleChoice, dense: RuleChoice? = nil,
    bias: BiasHandling? = nil
  ) {
    self.first = first
    self.convolution = convolution
    self.dense = dense
    self.bias = bias
  }

  /// Creates a composite of rules that were made, which may be one's own.
  ///
  /// - Parameters:
  ///   - first: The rule for linear layers that see the input of the network.
  ///   - convolution: The rule for convolutions.
  ///   - dense: The rule for matrix products.
  public init(
    first: (any RelevanceRule)? = nil, convolution: any RelevanceRule, dense: any RelevanceRule
  ) {
    self.init(
      first: first.map(RuleChoice.init), convolution: RuleChoice(convolution),
      dense: RuleChoice(dense))
  }

  /// The same composite with biases handled in one way by all rules of the catalog.
  ///
  /// - Parameter override: What becomes of biases; nil leaves it to the composite.
  /// - Returns: The composite.
  public func with(bias override: BiasHandling?) -> Composite {
    guard let override else { return self }
    var composite = self
    composite.bias = override
    composite.first?.bias = override
    composite.last?.bias = override
    composite.convolution.bias = override
    composite.dense?.bias = override
    composite.averaging?.bias = override
    return composite
  }
}

extension Composite: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case first, last, convolution, dense, averaging, sum, pooling, product, normalization, affine,
      bias,
      network
  }

  /// Reads the keys that are there.
  ///
  /// - Throws: `GraphError` for an unknown key or a value of the wrong kind.
  public init(from decoder: any Decoder) throws {
    let object = try ObjectReader(decoder, "a composite")
    try object.require(only: CodingKeys.allCases.map(\.rawValue))
    guard let convolution = try object.rule("convolution") else {
      throw ObjectReader.error("a rule for \"convolution\" is missing")
    }
    self.convolution = convolution
    first = try object.rule("first")
    last = try object.rule("last")
    dense = try object.rule("dense")
    averaging = try object.rule("averaging")
    sum = try object.choice("sum")
    pooling = try object.choice("pooling")
    product = try object.choice("product")
    normalization = try object.choice("normalization")
    affine = try object.choice("affine")
    bias = try object.choice("bias")
    network = try object.choice("network")
  }
}
