import Catalogs
public import GraphIR
import Operations

/// LRP-αβ: positive contributions weighted by α, negative ones by β, with `α − β = 1`.
///
/// Bach et al. 2015, equation 60, for inputs of either sign. `α = 1, β = 0` is z⁺; `α = 0, β = −1`
/// is z⁺ with negated weights, as the dual pass of CLRP2 has it in the last layer.
public struct AlphaBetaRule: RelevanceRule {
  /// The weight of positive contributions, at least 0.
  public let alpha: Float

  /// What becomes of the bias.
  public let bias: BiasHandling

  /// The weight of negative contributions.
  public var beta: Float { alpha - 1 }

  /// Creates the rule.
  ///
  /// - Parameters:
  ///   - alpha: The weight of positive contributions.
  ///   - beta: The weight of negative contributions; `alpha − 1` when nil.
  ///   - bias: What becomes of the bias.
  /// - Throws: `GraphError` unless `alpha − beta` is 1 and both are finite; where only alpha is
  ///   given it must be at least 1, else at least 0.
  public init(
    alpha: Float, beta: Float? = nil, bias: BiasHandling = .positive
  ) throws(GraphError) {
    let lowest: Float = beta == nil ? 1 : 0
    let beta = beta ?? alpha - 1
    guard alpha.isFinite, alpha >= lowest, abs(alpha - beta - 1) < 1e-6 else {
      throw GraphError(
        .relevanceUndefined,
        "alpha-beta: alpha \(alpha) minus beta \(beta) should be 1, with alpha not negative, or "
          + "relevance is not conserved; try alpha 2, beta 1")
    }
    self.init(valid: alpha, bias: bias)
  }

  init(valid alpha: Float, bias: BiasHandling) {
    self.alpha = alpha
    self.bias = bias
  }

  /// Both branches in proportion to their own contributions.
  public func inputRelevance(at site: LinearSite) -> Value {
    let (x, w) = (site.input, site.map.weights)
    var branches: [Value] = []
    if alpha != 0 {
      branches.append(
        site.proportional(
          to: [(x.positive, w.positive), (x.negative, w.negative)], bias: site.countedBias(bias),
          relevance: site.relevance * alpha, .tiny))
    }
    if beta != 0 {
      branches.append(
        site.proportional(
          to: [(x.positive, w.negative), (x.negative, w.positive)],
          bias: site.countedNegativeBias(bias), relevance: site.relevance * -beta, .tiny))
    }
    return branches.dropFirst().reduce(branches[0], +)
  }

  private static let alphaParameter = Parameter<Float>(
    "alpha", "weight of positive contributions", standard: 2, .number)

  private static let betaParameter = Parameter<Float>(
    "beta", "weight of negative contributions, alpha - 1", standard: 1, .number)

  static let entry = RelevanceRuleEntry(
    id: "alpha-beta", summary: "positive contributions times alpha, negative ones times beta",
    parameters: [alphaParameter, betaParameter]
  ) { settings, bias throws(GraphError) in
    try AlphaBetaRule(
      alpha: settings[alphaParameter], beta: settings[betaParameter], bias: bias ?? .positive)
  }
}
