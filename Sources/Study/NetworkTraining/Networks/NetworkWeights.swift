public import TensorCore

/// The parameters and stored statistics of a network, by name.
public struct NetworkWeights: Sendable, Hashable {
  /// The tensors; statistics of a batch norm `NAME` are `NAME.mean` and `NAME.variance`.
  public var tensors: [String: Tensor]

  /// Keeps tensors.
  public init(_ tensors: [String: Tensor]) {
    self.tensors = tensors
  }
}
