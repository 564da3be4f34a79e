public import TensorCore

/// A value that is given when the graph is run.
public struct Input: Operation {
  /// The printed name.
  public static let name = "input"

  /// The name under which the value is given.
  public let label: String

  /// The shape the value must have.
  public let shape: Shape

  /// Creates an input.
  public init(label: String, shape: Shape) {
    self.label = label
    self.shape = shape
  }

  /// The label and the shape.
  public var settings: String { "\(label) \(shape)" }

  /// The declared shape; there are no inputs.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 0...0)
    return shape
  }
}
