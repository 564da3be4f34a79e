public import GraphIR
public import TensorCore

/// An operation whose gradient is built from core operations.
public protocol DifferentiableOperation: Operation {
  /// The gradients of the inputs, given the gradient of the result.
  ///
  /// - Parameter site: Where the operation stands in the graph.
  /// - Returns: One gradient per input, of the input's shape; nil where it is zero or not needed.
  func inputGradients(at site: GradientSite) -> [Value?]
}

/// What an operation's gradient may be built from.
public struct GradientSite {
  /// What the operation received.
  public let inputs: [Value]

  /// What it computed.
  public let output: Value

  /// The gradient of the score with respect to `output`, of the same shape.
  public let outputGradient: Value

  /// For every input, whether its gradient is asked for.
  public let isNeeded: [Bool]

  /// Creates a site.
  public init(inputs: [Value], output: Value, outputGradient: Value, isNeeded: [Bool]) {
    self.inputs = inputs
    self.output = output
    self.outputGradient = outputGradient
    self.isNeeded = isNeeded
  }

  /// The gradient of one input when it is needed, else nil.
  public func gradient(of input: Int, _ make: () -> Value) -> Value? {
    input < isNeeded.count && isNeeded[input] ? make() : nil
  }
}

extension Value {
  /// Sums over the axes that were broadcast, so that the result has `shape`.
  public func summed(to shape: Shape) -> Value {
    guard self.shape != shape else { return self }
    let added = self.shape.rank - shape.rank
    let axes = (0..<self.shape.rank).filter { axis in
      axis < added || (shape[axis - added] == 1 && self.shape[axis] != 1)
    }
    return reduced(.sum, over: axes).reshaped(to: shape)
  }
}
