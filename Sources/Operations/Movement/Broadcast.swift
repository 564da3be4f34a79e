public import GraphIR
public import TensorCore

/// Repeats a value along new axes and axes of extent 1, as NumPy does.
public struct Broadcast: Operation {
  /// The printed name.
  public static let name = "broadcast"

  /// The shape of the result.
  public let shape: Shape

  /// Creates a broadcast.
  public init(to shape: Shape) {
    self.shape = shape
  }

  /// The stated shape, which the input must broadcast to.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    try require(
      inputs[0].broadcast(with: shape) == shape, "\(inputs[0]) does not broadcast to \(shape)")
    return shape
  }
}

extension Broadcast: DifferentiableOperation {
  /// The sum over what was repeated.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    [site.gradient(of: 0) { site.outputGradient.summed(to: site.inputs[0].shape) }]
  }
}

extension Value {
  /// The value repeated to a larger shape.
  public func broadcast(to shape: Shape) -> Value {
    self.shape == shape ? self : builder.apply(Broadcast(to: shape), [self])
  }
}
