public import GraphIR
import Operations
import TensorCore

/// The flat rule: relevance in equal parts to all inputs that are seen.
///
/// Lapuschkin et al. 2019 (arXiv 1902.10178); for first layers.
public struct FlatRule: RelevanceRule {
  /// Creates the rule.
  public init() {}

  /// Weights and bias take no part.
  public func inputRelevance(at site: LinearSite) -> Value {
    let one = site.input.builder.constant(1)
    return site.proportional(
      to: [(one.broadcast(to: site.input.shape), one.broadcast(to: site.map.weights.shape))], .tiny)
  }

  static let entry = RelevanceRuleEntry(
    id: "flat", summary: "in equal parts to all inputs that are seen"
  ) { _, _ in FlatRule() }
}
