public import GraphIR
import Operations

/// The z⁺ rule: relevance in proportion to positive contributions, of inputs of either sign.
///
/// Montavon et al. 2017 (arXiv 1512.02479), equation 15, for positive inputs; negative inputs
/// contribute through negative weights, as in LRP-αβ with `α = 1`.
public struct ZPlusRule: RelevanceRule {
  /// What becomes of the bias.
  public let bias: BiasHandling

  /// How the denominator is kept away from zero.
  public let stabilizer: Stabilizer

  /// Creates the rule.
  public init(bias: BiasHandling = .ignored, _ stabilizer: Stabilizer = .tiny) {
    self.bias = bias
    self.stabilizer = stabilizer
  }

  /// Positive inputs by positive weights, and negative inputs by negative ones.
  public func inputRelevance(at site: LinearSite) -> Value {
    let (x, w) = (site.input, site.map.weights)
    return site.proportional(
      to: [(x.positive, w.positive), (x.negative, w.negative)], bias: site.countedBias(bias),
      stabilizer)
  }

  static let entry = RelevanceRuleEntry(
    id: "z-plus", summary: "positive contributions only, of inputs of either sign",
    parameters: [Stabilizer.parameter]
  ) { settings, bias in ZPlusRule(bias: bias ?? .ignored, Stabilizer(settings)) }
}
