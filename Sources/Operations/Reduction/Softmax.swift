public import GraphIR
public import TensorCore

/// Exponentials divided by their sum along one axis.
public struct Softmax: Operation {
  /// The printed name.
  public static let name = "softmax"

  /// The axis along which the results sum to 1.
  public let axis: Int

  /// Creates a softmax.
  public init(axis: Int) {
    self.axis = axis
  }

  /// The axis.
  public var settings: String { "along \(axis)" }

  /// The shape of the input.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    try require(inputs[0].extents.indices.contains(axis), "\(inputs[0]) has no axis \(axis)")
    return inputs[0]
  }
}

extension Softmax: DifferentiableOperation {
  /// The gradient `y ⊙ (g − Σ g ⊙ y)`.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    let weighted = site.outputGradient * site.output
    return [
      site.gradient(of: 0) { weighted - site.output * weighted.sum(over: .axes([axis])) }
    ]
  }
}

/// The logarithm of a softmax, computed without overflow.
public struct LogSoftmax: Operation {
  /// The printed name.
  public static let name = "logSoftmax"

  /// The axis along which the exponentials of the results sum to 1.
  public let axis: Int

  /// Creates a log-softmax.
  public init(axis: Int) {
    self.axis = axis
  }

  /// The axis.
  public var settings: String { "along \(axis)" }

  /// The shape of the input.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try Softmax(axis: axis).outputShape(for: inputs)
  }
}

extension LogSoftmax: DifferentiableOperation {
  /// The gradient `g − exp(y) Σ g`.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    let gradient = site.outputGradient
    return [
      site.gradient(of: 0) {
        gradient - site.output.exponential * gradient.sum(over: .axes([axis]))
      }
    ]
  }
}
