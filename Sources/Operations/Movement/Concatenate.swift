public import GraphIR
public import TensorCore

/// Joins values along one axis; the other extents agree.
public struct Concatenate: Operation {
  /// The printed name.
  public static let name = "concatenate"

  /// The axis along which values are joined.
  public let axis: Int

  /// Creates a concatenation.
  public init(axis: Int) {
    self.axis = axis
  }

  /// The axis.
  public var settings: String { "along \(axis)" }

  /// The common shape with the extents along the axis added up.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    guard let first = inputs.first else {
      throw GraphError(.shapeMismatch, "concatenate needs at least one input")
    }
    try require(first.extents.indices.contains(axis), "\(first) has no axis \(axis)")
    for shape in inputs {
      try require(
        shape.rank == first.rank
          && shape.replacing(axis, with: 0) == first.replacing(axis, with: 0),
        "\(shape) and \(first) differ beside axis \(axis)")
    }
    return first.replacing(axis, with: inputs.reduce(0) { $0 + $1[axis] })
  }
}

extension Concatenate: DifferentiableOperation {
  /// Each input gets its slice.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    var start = 0
    return site.inputs.enumerated().map { index, input in
      let count = input.shape[axis]
      defer { start += count }
      return site.gradient(of: index) {
        site.outputGradient.sliced(axis, start: start, count: count)
      }
    }
  }
}

extension Value {
  /// The values joined along one axis; at least one is needed.
  public static func concatenated(_ values: [Value], axis: Int) -> Value {
    precondition(!values.isEmpty, "at least one value is needed")
    return values.count == 1
      ? values[0] : values[0].builder.apply(Concatenate(axis: axis), values)
  }
}
