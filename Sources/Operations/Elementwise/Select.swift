public import GraphIR
public import TensorCore

/// Takes the second input where the first is not zero, else the third; shapes broadcast.
public struct Select: Operation {
  /// The printed name.
  public static let name = "select"

  /// Creates the operation.
  public init() {}

  /// The shape that the three inputs broadcast to.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 3...3)
    guard let shape = inputs[0].broadcast(with: inputs[1])?.broadcast(with: inputs[2]) else {
      throw GraphError(.shapeMismatch, "select: shapes \(inputs) do not broadcast")
    }
    return shape
  }
}

extension Select: DifferentiableOperation {
  /// The gradient goes to the side that was taken.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    let (condition, gradient) = (site.inputs[0], site.outputGradient)
    let zero = gradient.builder.constant(0)
    return [
      nil,
      site.gradient(of: 1) {
        condition.choosing(gradient, else: zero).summed(to: site.inputs[1].shape)
      },
      site.gradient(of: 2) {
        condition.choosing(zero, else: gradient).summed(to: site.inputs[2].shape)
      },
    ]
  }
}

extension Value {
  /// `whenTrue` where this is not zero, else `whenFalse`.
  public func choosing(_ whenTrue: Value, else whenFalse: Value) -> Value {
    builder.apply(Select(), [self, whenTrue, whenFalse])
  }

  /// The value with 1 in place of 0: what may be divided by.
  package var orOne: Value {
    isEqual(to: builder.constant(0)).choosing(builder.constant(1), else: self)
  }
}
