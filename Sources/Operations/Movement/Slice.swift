public import GraphIR
public import TensorCore

/// Every `step`-th element from `start` on, `count` of them, along each axis.
public struct Slice: Operation {
  /// The printed name.
  public static let name = "slice"

  /// The first index along each axis.
  public let starts: [Int]

  /// How many elements are taken along each axis.
  public let counts: [Int]

  /// The distance between them, at least 1.
  public let steps: [Int]

  /// Creates a slice; steps are 1 by default.
  public init(starts: [Int], counts: [Int], steps: [Int]? = nil) {
    self.starts = starts
    self.counts = counts
    self.steps = steps ?? Array(repeating: 1, count: starts.count)
  }

  /// Starts, counts and steps.
  public var settings: String { "from \(starts) count \(counts) step \(steps)" }

  /// The counts.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    let shape = inputs[0]
    try require(
      [starts.count, counts.count, steps.count].allSatisfy { $0 == shape.rank },
      "one start, count and step per axis of \(shape)")
    for axis in 0..<shape.rank where counts[axis] != 0 {
      let (start, count, step) = (starts[axis], counts[axis], steps[axis])
      try require(
        start >= 0 && count > 0 && step >= 1 && start < shape[axis]
          && (count - 1) <= (shape[axis] - 1 - start) / step,
        "\(count) elements from \(start) by \(step) do not lie in axis \(axis) of \(shape)")
    }
    return Shape(counts)
  }
}

extension Slice: DifferentiableOperation {
  /// Zeros everywhere else, between the steps as well.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    let shape = site.inputs[0].shape
    let after = (0..<shape.rank).map { axis in
      shape[axis] - starts[axis] - max(0, (counts[axis] - 1) * steps[axis] + 1)
    }
    return [
      site.gradient(of: 0) {
        counts.contains(0)
          ? Value.zero(site.inputs[0])
          : site.outputGradient.padded(before: starts, after: after, between: steps.map { $0 - 1 })
      }
    ]
  }
}

extension Value {
  /// A part of the value.
  public func sliced(starts: [Int], counts: [Int], steps: [Int]? = nil) -> Value {
    builder.apply(Slice(starts: starts, counts: counts, steps: steps), [self])
  }

  /// The part from `start` on, `count` long, along one axis.
  public func sliced(_ axis: Int, start: Int, count: Int) -> Value {
    guard shape.extents.indices.contains(axis) else {
      builder.fail(GraphError(.shapeMismatch, "slice: \(shape) has no axis \(axis)"))
      return self
    }
    var starts = [Int](repeating: 0, count: shape.rank)
    var counts = shape.extents
    starts[axis] = start
    counts[axis] = count
    return sliced(starts: starts, counts: counts)
  }
}
