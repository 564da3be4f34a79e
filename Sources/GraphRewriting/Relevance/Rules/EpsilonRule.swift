public import GraphIR
import Operations

/// LRP-ε and LRP-0: relevance in proportion to contributions, `x ⊙ Wᵀ(R / (W x + b + ε sign))`.
///
/// Bach et al. 2015, equations 56 to 58. With `.zeroAtZero` it is LRP-0.
public struct EpsilonRule: RelevanceRule {
  /// How the denominator is kept away from zero.
  public let stabilizer: Stabilizer

  /// What becomes of the bias.
  public let bias: BiasHandling

  /// Creates the rule.
  public init(_ stabilizer: Stabilizer = .tiny, bias: BiasHandling = .once) {
    self.stabilizer = stabilizer
    self.bias = bias
  }

  /// In proportion to signed contributions.
  public func inputRelevance(at site: LinearSite) -> Value {
    site.proportional(
      to: [(site.input, site.map.weights)], bias: site.countedBias(bias), stabilizer)
  }

  static let entry = RelevanceRuleEntry(
    id: "epsilon", summary: "in proportion to signed contributions, stabilized by epsilon",
    parameters: [Stabilizer.parameter]
  ) { settings, bias in EpsilonRule(Stabilizer(settings), bias: bias ?? .once) }

  static let zeroEntry = RelevanceRuleEntry(
    id: "zero", summary: "LRP-0: in proportion to signed contributions, nothing where they cancel"
  ) { _, bias in EpsilonRule(.zeroAtZero, bias: bias ?? .once) }
}
