public import GraphIR
public import TensorCore

/// Reorders the axes: axis `i` of the result is axis `permutation[i]` of the input.
public struct Transpose: Operation {
  /// The printed name.
  public static let name = "transpose"

  /// Where each axis of the result comes from.
  public let permutation: [Int]

  /// Creates a transposition.
  public init(_ permutation: [Int]) {
    self.permutation = permutation
  }

  /// The permutation.
  public var settings: String { "\(permutation)" }

  /// The permuted shape.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    try require(
      permutation.sorted() == Array(0..<inputs[0].rank),
      "\(permutation) does not order the axes of \(inputs[0])")
    return Shape(permutation.map { inputs[0][$0] })
  }

  /// The permutation that undoes this one.
  public var inverse: Transpose {
    var inverse = permutation
    for (axis, source) in permutation.enumerated() { inverse[source] = axis }
    return Transpose(inverse)
  }
}

extension Transpose: DifferentiableOperation {
  /// The inverse permutation.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    [
      site.gradient(of: 0) {
        site.outputGradient.builder.apply(inverse, [site.outputGradient])
      }
    ]
  }
}

extension Value {
  /// The value with its axes reordered.
  public func transposed(_ permutation: [Int]) -> Value {
    builder.apply(Transpose(permutation), [self])
  }
}
