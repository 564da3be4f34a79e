public import GraphIR
public import TensorCore

/// The adjoint of an average pooling: spreads every value evenly over its placement.
public struct AveragePoolingGradient: Operation {
  /// The printed name.
  public static let name = "averagePoolingGradient"

  /// The window of the average pooling.
  public let pooling: PoolingWindow

  /// The positions of the result: those of what was pooled.
  public let outputPositions: [Int]

  /// Creates the adjoint of an average pooling over inputs with the given positions.
  public init(_ pooling: PoolingWindow, outputPositions: [Int]) {
    self.pooling = pooling
    self.outputPositions = outputPositions
  }

  /// The window.
  public var settings: String { "\(pooling)" }

  /// `[samples, channels, positions…]`.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    try require(inputs[0].rank >= 3, "\(inputs[0]) has no positions")
    try require(outputPositions.allSatisfy { $0 >= 0 }, "positions \(outputPositions) are negative")
    let result = Shape([inputs[0][0], inputs[0][1]] + outputPositions)
    let pooled = try pooling.outputShape(of: result)
    try require(pooled == inputs[0], "gradient \(inputs[0]) should be \(pooled)")
    return result
  }
}

extension AveragePoolingGradient: DifferentiableOperation {
  /// The average pooling.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    [
      site.gradient(of: 0) {
        site.outputGradient.builder.apply(AveragePooling(pooling), [site.outputGradient])
      }
    ]
  }
}
