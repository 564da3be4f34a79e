public import GraphIR
public import TensorCore

/// Takes, for every placement of a max pooling, the value at the position that won it.
///
/// Inputs: what was pooled and the values to take from, both `[samples, channels, positions…]`.
/// It is the adjoint of `MaxPoolingGradient`.
public struct MaxPoolingSelection: Operation {
  /// The printed name.
  public static let name = "maxPoolingSelection"

  /// The window of the max pooling.
  public let pooling: PoolingWindow

  /// Creates the operation.
  public init(_ pooling: PoolingWindow) {
    self.pooling = pooling
  }

  /// The window.
  public var settings: String { "\(pooling)" }

  /// `[samples, channels, placements…]`.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 2...2)
    try require(inputs[0] == inputs[1], "\(inputs[0]) and \(inputs[1]) should be equal")
    return try pooling.outputShape(of: inputs[0])
  }
}

extension MaxPoolingSelection: DifferentiableOperation {
  /// Linear in the values; who wins does not change under small changes.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    [
      nil,
      site.gradient(of: 1) {
        site.outputGradient.builder.apply(
          MaxPoolingGradient(pooling), [site.inputs[0], site.outputGradient])
      },
    ]
  }
}
