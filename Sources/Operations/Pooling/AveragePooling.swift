public import GraphIR
public import TensorCore

/// The sum under each placement of a window divided by the number of its taps, padding included.
///
/// Averages that leave padding out are this times a constant per placement.
public struct AveragePooling: Operation {
  /// The printed name.
  public static let name = "averagePooling"

  /// What slides.
  public let pooling: PoolingWindow

  /// Creates an average pooling.
  public init(_ pooling: PoolingWindow) {
    self.pooling = pooling
  }

  /// The window.
  public var settings: String { "\(pooling)" }

  /// `[samples, channels, placements…]`.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    return try pooling.outputShape(of: inputs[0])
  }
}

extension AveragePooling: DifferentiableOperation {
  /// The adjoint.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    [
      site.gradient(of: 0) {
        site.outputGradient.builder.apply(
          AveragePoolingGradient(pooling, outputPositions: site.inputs[0].shape.positions),
          [site.outputGradient])
      }
    ]
  }
}
