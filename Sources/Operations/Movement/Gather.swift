public import GraphIR
public import TensorCore

/// Takes the elements with given indices along one axis.
public struct Gather: Operation {
  /// The printed name.
  public static let name = "gather"

  /// The axis.
  public let axis: Int

  /// Which elements are taken, in order; repeats are allowed.
  public let indices: [Int]

  /// Creates a gather.
  public init(axis: Int, indices: [Int]) {
    self.axis = axis
    self.indices = indices
  }

  /// The axis and how many are taken.
  public var settings: String { "\(indices.count) along \(axis)" }

  /// The shape with as many elements along the axis as there are indices.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    let shape = inputs[0]
    try require(shape.extents.indices.contains(axis), "\(shape) has no axis \(axis)")
    try require(
      indices.allSatisfy { (0..<shape[axis]).contains($0) },
      "an index lies outside axis \(axis) of \(shape)")
    return shape.replacing(axis, with: indices.count)
  }
}

extension Gather: DifferentiableOperation {
  /// Adds every gradient where its element came from.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    [
      site.gradient(of: 0) {
        site.outputGradient.builder.apply(
          ScatterSum(axis: axis, indices: indices, extent: site.inputs[0].shape[axis]),
          [site.outputGradient])
      }
    ]
  }
}

/// Adds elements at given indices of a longer axis of zeros; the adjoint of `Gather`.
public struct ScatterSum: Operation {
  /// The printed name.
  public static let name = "scatterSum"

  /// The axis.
  public let axis: Int

  /// Where each element is added.
  public let indices: [Int]

  /// The extent of the axis in the result.
  public let extent: Int

  /// Creates a scatter.
  public init(axis: Int, indices: [Int], extent: Int) {
    self.axis = axis
    self.indices = indices
    self.extent = extent
  }

  /// The axis and its new extent.
  public var settings: String { "to \(extent) along \(axis)" }

  /// The shape with the new extent along the axis.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    let shape = inputs[0]
    try require(
      shape.extents.indices.contains(axis) && shape[axis] == indices.count,
      "\(shape) does not have \(indices.count) elements along axis \(axis)")
    try require(
      extent >= 0 && indices.allSatisfy { $0 >= 0 && $0 < extent },
      "an index lies outside 0..<\(extent)")
    return shape.replacing(axis, with: extent)
  }
}

extension ScatterSum: DifferentiableOperation {
  /// Takes the elements out again.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    [
      site.gradient(of: 0) {
        site.outputGradient.builder.apply(
          Gather(axis: axis, indices: indices), [site.outputGradient])
      }
    ]
  }
}

extension Value {
  /// The elements with given indices along one axis.
  public func gathered(_ axis: Int, _ indices: [Int]) -> Value {
    builder.apply(Gather(axis: axis, indices: indices), [self])
  }
}
