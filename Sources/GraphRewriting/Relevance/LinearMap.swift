public import GraphIR
import Operations
import TensorCore

/// What relevance rules see of a linear operation: a map with weights that can be exchanged.
public struct LinearMap {
  /// What kind of layer it is, for composites to tell apart.
  public enum Kind: Hashable, Sendable {
    /// A convolution or transposed convolution with constant weights.
    case convolution
    /// A matrix product with a constant operand.
    case dense
    /// A sum or average without learned weights.
    case averaging
    /// A factor and an offset per channel.
    case affine
  }

  /// What kind of layer it is.
  public let kind: Kind

  /// The weights; a single 1 for sums and averages.
  public let weights: Value

  /// The bias as `apply` takes it, or nil.
  public let bias: Value?

  private let forward: (Value, Value, Value?) -> Value
  private let adjoint: (Value, Value) -> Value

  init(
    _ kind: Kind, weights: Value, bias: Value? = nil,
    forward: @escaping (_ x: Value, _ weights: Value, _ bias: Value?) -> Value,
    adjoint: @escaping (_ s: Value, _ weights: Value) -> Value
  ) {
    self.kind = kind
    self.weights = weights
    self.bias = bias
    self.forward = forward
    self.adjoint = adjoint
  }

  /// The map with other weights and bias: `W x + b`.
  public func apply(_ x: Value, _ weights: Value, bias: Value? = nil) -> Value {
    forward(x, weights, bias)
  }

  /// The transposed map with other weights: `Wᵀ s`, of the shape of the input.
  public func transposed(_ s: Value, _ weights: Value) -> Value {
    adjoint(s, weights)
  }
}
