public import GraphIR
import Operations

/// LRP-γ: positive weights are favored by the factor `1 + γ`, for inputs and outputs of either sign.
///
/// Montavon et al. 2019, *Layer-wise relevance propagation: an overview*; where the output is
/// negative, negative contributions are favored instead.
public struct GammaRule: RelevanceRule {
  /// By how much contributions of the output's sign are favored, at least 0.
  public let gamma: Float

  /// What becomes of the bias.
  public let bias: BiasHandling

  /// Creates the rule.
  public init(gamma: Float = 0.25, bias: BiasHandling = .once) {
    self.gamma = gamma
    self.bias = bias
  }

  /// Positive and negative outputs are treated apart.
  public func inputRelevance(at site: LinearSite) -> Value {
    let (x, weights) = (site.input, site.map.weights)
    let output = site.map.apply(x, weights, bias: site.positiveBranchBias(bias))
    let up = weights + weights.positive * gamma
    let down = weights + weights.negative * gamma
    let zero = x.builder.constant(0)
    site.recorder?.add(.dead, output.isEqual(to: zero) * site.relevance)
    return branch(site, [(x.positive, up), (x.negative, down)], if: output.isGreater(than: 0)) {
      $0 + $0.positive * gamma
    }
      + branch(site, [(x.positive, down), (x.negative, up)], if: output.isLess(than: zero)) {
        $0 + $0.negative * gamma
      }
  }

  private func branch(
    _ site: LinearSite, _ terms: [(input: Value, weights: Value)], if condition: Value,
    favored: (Value) -> Value
  ) -> Value {
    site.proportional(
      terms, bias: site.positiveBranchBias(bias).map(favored),
      relevance: condition * site.relevance, isBiasShared: bias == .proportional, .tiny)
  }

  static let entry = RelevanceRuleEntry(
    id: "gamma", summary: "contributions of the output's sign are favored by 1 + gamma",
    parameters: [RuleParameter("gamma", "by how much", 0.25)]
  ) { settings, bias in GammaRule(gamma: settings("gamma"), bias: bias ?? .once) }
}
