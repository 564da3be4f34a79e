public import GraphIR
public import TensorCore

/// The same numbers in the same row-major order under another shape.
public struct Reshape: Operation {
  /// The printed name.
  public static let name = "reshape"

  /// The new shape.
  public let shape: Shape

  /// Creates a reshape.
  public init(to shape: Shape) {
    self.shape = shape
  }

  /// The new shape, which must have as many elements as the input.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    try require(
      inputs[0].elementCount == shape.elementCount, "\(inputs[0]) cannot become \(shape)")
    return shape
  }
}

extension Reshape: DifferentiableOperation {
  /// Back to the shape of the input.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    [site.gradient(of: 0) { site.outputGradient.reshaped(to: site.inputs[0].shape) }]
  }
}

extension Value {
  /// The same numbers under another shape.
  public func reshaped(to shape: Shape) -> Value {
    self.shape == shape ? self : builder.apply(Reshape(to: shape), [self])
  }
}
