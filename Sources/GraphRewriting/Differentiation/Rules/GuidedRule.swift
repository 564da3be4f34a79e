public import GraphIR
import Operations

/// The rule of guided backpropagation: only what arrives as positive at a rectifier that is open.
///
/// `1[x > 0] · max(g, 0)`, Springenberg et al. 2015 (arXiv 1412.6806), section 3.4.
public struct GuidedRule: GradientRule {
  /// Creates the rule.
  public init() {}

  /// The positive part of what arrived, where the rectifier is open.
  public func inputGradient(at site: RectifierSite) -> Value {
    site.gradient.positive * site.output.isGreater(than: 0)
  }
}
