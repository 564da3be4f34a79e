public import GraphIR
import Operations
import TensorCore

/// The w² rule: relevance in proportion to squared weights, whatever the input.
///
/// Montavon et al. 2017 (arXiv 1512.02479), equation 8; for first layers with unbounded inputs.
public struct WeightSquareRule: RelevanceRule {
  /// Creates the rule.
  public init() {}

  /// The bias takes no part.
  public func inputRelevance(at site: LinearSite) -> Value {
    let ones = site.input.builder.constant(1).broadcast(to: site.input.shape)
    return site.proportional(to: [(ones, site.map.weights * site.map.weights)], .tiny)
  }

  static let entry = RelevanceRuleEntry(
    id: "w-square", summary: "in proportion to squared weights, whatever the input"
  ) { _, _ in WeightSquareRule() }
}
