public import TensorCore

/// A value that is known when the graph is built.
public struct Constant: Operation {
  /// The printed name.
  public static let name = "constant"

  /// The value.
  public let tensor: Tensor

  /// Creates a constant.
  public init(_ tensor: Tensor) {
    self.tensor = tensor
  }

  /// The shape, and the value when it is a single number.
  public var settings: String {
    tensor.elements.count == 1 ? "\(tensor.elements[0])" : "\(tensor.shape)"
  }

  /// The shape of the tensor; there are no inputs.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 0...0)
    return tensor.shape
  }

  /// Hashes the shape and the first values only: weights are large.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(tensor.shape)
    for element in tensor.elements.prefix(8) { hasher.combine(element) }
  }
}
