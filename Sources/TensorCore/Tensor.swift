/// Dense `Float` values with a shape, row-major, with value semantics.
public struct Tensor: Hashable, Sendable {
  /// The extents, outermost axis first.
  public let shape: Shape

  /// The values in row-major order; the count never changes.
  public private(set) var elements: [Float]

  /// Creates a tensor from values in row-major order.
  ///
  /// - Parameters:
  ///   - shape: The extents.
  ///   - elements: As many values as the shape has elements.
  public init(shape: Shape, elements: [Float]) {
    precondition(
      shape.elementCount == elements.count,
      "shape \(shape) needs \(shape.elementCount) elements, got \(elements.count)")
    self.shape = shape
    self.elements = elements
  }

  /// Creates a tensor that holds one value everywhere.
  public init(shape: Shape, repeating value: Float) {
    self.init(shape: shape, elements: [Float](repeating: value, count: shape.elementCount))
  }

  /// Creates a tensor of rank zero.
  public init(_ scalar: Float) {
    self.init(shape: [], elements: [scalar])
  }

  /// The value at `indices`, one index per axis.
  public subscript(indices: Int...) -> Float {
    get { elements[offset(of: indices)] }
    set { elements[offset(of: indices)] = newValue }
  }

  /// The same values under another shape of equal element count.
  public func reshaped(to shape: Shape) -> Tensor {
    Tensor(shape: shape, elements: elements)
  }

  /// The tensor with `transform` applied to every value.
  public func map(_ transform: (Float) -> Float) -> Tensor {
    Tensor(shape: shape, elements: elements.map(transform))
  }

  /// The part at `index` along the first axis, without that axis.
  public func part(_ index: Int) -> Tensor {
    let rest = Shape(Array(shape.extents.dropFirst()))
    let count = rest.elementCount
    return Tensor(shape: rest, elements: Array(elements[index * count..<(index + 1) * count]))
  }

  /// Stacks tensors of one shape along a new first axis; at least one is needed.
  public static func stack(_ parts: [Tensor]) -> Tensor {
    precondition(
      !parts.isEmpty && parts.allSatisfy { $0.shape == parts[0].shape },
      "stacking needs tensors of one shape")
    return Tensor(
      shape: Shape([parts.count] + parts[0].shape.extents), elements: parts.flatMap(\.elements))
  }

  private func offset(of indices: [Int]) -> Int {
    precondition(indices.count == shape.rank, "one index per axis")
    return zip(indices, shape.strides).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
