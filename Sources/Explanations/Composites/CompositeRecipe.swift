public import GraphRewriting

/// A composite as users write it: which rule is where.
///
///     {"first": {"rule": "box", "low": -1, "high": 1},
///      "convolution": {"rule": "gamma", "gamma": 0.25},
///      "dense": {"rule": "epsilon", "epsilon": 1e-6},
///      "sum": "absolute", "pooling": "winner", "bias": "ignored"}
///
/// Only `convolution` has to be there.
public struct CompositeRecipe: Codable, Hashable, Sendable {
  /// The rule for linear layers that see the input of the network; nil means as elsewhere.
  public var first: RuleRecipe?

  /// The rule for linear layers that no other follows; nil means as elsewhere.
  public var last: RuleRecipe?

  /// The rule for convolutions.
  public var convolution: RuleRecipe

  /// The rule for matrix products; that for convolutions when nil.
  public var dense: RuleRecipe?

  /// The rule for sums and averages over positions; in proportion to contributions when nil.
  public var averaging: RuleRecipe?

  /// How relevance is divided among values that are added.
  public var sum: SumSplit?

  /// How relevance is divided among the values that a maximum over positions is taken of.
  public var pooling: PoolingSplit?

  /// How relevance passes offsets and factors that no linear layer has absorbed.
  public var affine: AffineHandling?

  /// What becomes of biases where a rule does not say it; what is usual for each rule when nil.
  public var bias: BiasHandling?

  private static let names = [
    "first", "last", "convolution", "dense", "averaging", "sum", "pooling", "affine", "bias",
  ]

  /// Creates a recipe with one rule everywhere.
  public init(convolution: RuleRecipe) {
    self.convolution = convolution
  }

  /// Reads the keys that are there.
  ///
  /// - Throws: `ExplanationError` for an unknown key or a value of the wrong kind.
  public init(from decoder: any Decoder) throws {
    let container = try RecipeContainer(decoder, "a composite")
    try container.require(only: Self.names)
    guard let convolution = try container.rule("convolution") else {
      throw RecipeContainer.error("a rule for \"convolution\" is missing")
    }
    self.convolution = convolution
    first = try container.rule("first")
    last = try container.rule("last")
    dense = try container.rule("dense")
    averaging = try container.rule("averaging")
    sum = try container.choice("sum")
    pooling = try container.choice("pooling")
    affine = try container.choice("affine")
    bias = try container.choice("bias")
  }

  /// Makes the composite.
  ///
  /// - Parameter override: What becomes of biases, whatever the recipe says; nil leaves it to the
  ///   recipe.
  /// - Returns: The composite.
  /// - Throws: `ExplanationError` for an unknown rule or senseless numbers.
  public func made(bias override: BiasHandling? = nil) throws(ExplanationError) -> Composite {
    let general = override ?? bias
    let rule = { (recipe: RuleRecipe) throws(ExplanationError) -> any RelevanceRule in
      try RuleRecipe(recipe.rule, numbers: recipe.numbers, bias: override ?? recipe.bias)
        .made(bias: general)
    }
    let convolution = try rule(convolution)
    var composite = Composite(convolution: convolution, dense: convolution)
    if let dense { composite.dense = try rule(dense) }
    if let first { composite.first = try rule(first) }
    if let last { composite.last = try rule(last) }
    if let averaging { composite.averaging = try rule(averaging) }
    composite.sum = sum ?? composite.sum
    composite.pooling = pooling ?? composite.pooling
    let keepsShare = general.map { $0 != .ignored && $0 != .proportional } ?? false
    composite.affine = affine ?? (keepsShare ? .linear : .passThrough)
    return composite
  }
}
