public import GraphIR
import Operations

/// The rule of deconvolutional networks: what arrives is itself rectified, whatever the input was.
///
/// `max(g, 0)`, Zeiler and Fergus 2014 (arXiv 1311.2901), section 2.1.
public struct DeconvolutionRule: GradientRule {
  /// Creates the rule.
  public init() {}

  /// The positive part of what arrived.
  public func inputGradient(at site: RectifierSite) -> Value { site.gradient.positive }
}
