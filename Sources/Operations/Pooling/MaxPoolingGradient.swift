public import GraphIR
public import TensorCore

/// Adds every value at the position that won its placement in a max pooling.
///
/// Inputs: what was pooled `[samples, channels, positions…]` and one value per placement.
public struct MaxPoolingGradient: Operation {
  /// The printed name.
  public static let name = "maxPoolingGradient"

  /// The window of the max pooling.
  public let pooling: PoolingWindow

  /// Creates the operation.
  public init(_ pooling: PoolingWindow) {
    self.pooling = pooling
  }

  /// The window.
  public var settings: String { "\(pooling)" }

  /// The shape of what was pooled.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 2...2)
    let pooled = try pooling.outputShape(of: inputs[0])
    try require(pooled == inputs[1], "gradient \(inputs[1]) should be \(pooled)")
    return inputs[0]
  }
}

extension MaxPoolingGradient: DifferentiableOperation {
  /// Linear in the values; who wins does not change under small changes.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    [
      nil,
      site.gradient(of: 1) {
        site.outputGradient.builder.apply(
          MaxPoolingSelection(pooling), [site.inputs[0], site.outputGradient])
      },
    ]
  }
}
