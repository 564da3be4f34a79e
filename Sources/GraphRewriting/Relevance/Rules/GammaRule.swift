import Catalogs
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

  /// Positive and negative outputs are treated apart; outputs that are zero pass nothing on.
  public func inputRelevance(at site: LinearSite) -> Value {
    let (x, w) = (site.input, site.map.weights)
    let output = site.map.apply(x, w, bias: site.countedBias(bias)?.value)
    let up = w + w.positive * gamma
    let down = w + w.negative * gamma
    let rises = site.proportional(
      to: [(x.positive, up), (x.negative, down)],
      bias: site.countedBias(bias)?.mapped { $0 + $0.positive * gamma },
      relevance: output.isGreater(than: 0) * site.relevance, .tiny)
    let falls = site.proportional(
      to: [(x.positive, down), (x.negative, up)],
      bias: site.countedBias(bias)?.mapped { $0 + $0.negative * gamma },
      relevance: output.isLess(than: x.builder.constant(0)) * site.relevance, .tiny)
    return rises + falls
  }

  private static let gammaParameter = Parameter<Float>(
    "gamma", "by how much", standard: 0.25, .number)

  static let entry = RelevanceRuleEntry(
    id: "gamma", summary: "contributions of the output's sign are favored by 1 + gamma",
    parameters: [gammaParameter]
  ) { settings, bias in GammaRule(gamma: settings[gammaParameter], bias: bias ?? .once) }
}
