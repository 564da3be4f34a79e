package import GraphIR
import Operations

/// The rules of a composite, made and ready to be applied.
package struct CompositeRules: Sendable {
  package let first: (any RelevanceRule)?
  package let last: (any RelevanceRule)?
  package let convolution: any RelevanceRule
  package let dense: any RelevanceRule
  package let averaging: any RelevanceRule
  package let sum: SumSplit
  package let pooling: PoolingSplit
  package let product: ProductSplit
  package let normalization: NormalizationHandling
  package let affine: AffineHandling

  /// Makes the rules.
  ///
  /// - Throws: `GraphError` for an unknown rule or senseless numbers.
  package init(_ composite: Composite) throws(GraphError) {
    let bias = composite.bias
    let made = { (choice: RuleChoice?) throws(GraphError) -> (any RelevanceRule)? in
      guard let choice else { return nil }
      return try choice.rule(bias: bias)
    }
    first = try made(composite.first)
    last = try made(composite.last)
    convolution = try composite.convolution.rule(bias: bias)
    dense = try made(composite.dense) ?? convolution
    averaging = try made(composite.averaging) ?? EpsilonRule(.tiny)
    sum = composite.sum ?? .signed
    pooling = composite.pooling ?? .winner
    product = composite.product ?? .halves
    normalization = composite.normalization ?? .linear
    let keepsShare = bias.map { $0 != .ignored && $0 != .proportional } ?? false
    affine = composite.affine ?? (keepsShare ? .linear : .passThrough)
  }

  /// The rule for a linear map.
  func rule(for map: LinearMap, isFirst: Bool, isLast: Bool) -> any RelevanceRule {
    let special = (isLast ? last : nil) ?? (isFirst ? first : nil)
    return switch map.kind {
    case .averaging: averaging
    case .affine: convolution
    case .convolution: special ?? convolution
    case .dense: special ?? dense
    }
  }
}
