package import TensorCore

/// Dense `Double` values with a shape, row-major; what the reference evaluator computes with.
package struct ReferenceTensor: Hashable, Sendable {
  /// The extents, outermost axis first.
  package let shape: Shape

  /// The values in row-major order.
  package var elements: [Double]

  private let strides: [Int]

  /// Creates a tensor from values in row-major order.
  package init(shape: Shape, elements: [Double]) {
    precondition(shape.elementCount == elements.count, "\(shape) and \(elements.count) elements")
    self.shape = shape
    self.elements = elements
    self.strides = shape.strides
  }

  /// Creates a tensor of one value.
  package init(shape: Shape, repeating value: Double = 0) {
    self.init(shape: shape, elements: Array(repeating: value, count: shape.elementCount))
  }

  /// Creates a tensor whose value at every index is what `value` returns for it.
  package init(shape: Shape, _ value: ([Int]) -> Double) {
    var elements: [Double] = []
    elements.reserveCapacity(shape.elementCount)
    forEachIndex(shape.extents) { elements.append(value($0)) }
    self.init(shape: shape, elements: elements)
  }

  /// The same values in double precision.
  package init(_ tensor: Tensor) {
    self.init(shape: tensor.shape, elements: tensor.elements.map(Double.init))
  }

  /// The values rounded to `Float`.
  package var tensor: Tensor {
    Tensor(shape: shape, elements: elements.map { Float($0) })
  }

  /// The value at an index, one entry per axis.
  package subscript(index: [Int]) -> Double {
    get { elements[offset(index)] }
    set { elements[offset(index)] = newValue }
  }

  /// The value at an index of a shape that this tensor broadcasts to.
  package func broadcasted(at index: [Int]) -> Double {
    let added = index.count - shape.rank
    return self[(0..<shape.rank).map { shape[$0] == 1 ? 0 : index[$0 + added] }]
  }

  private func offset(_ index: [Int]) -> Int {
    precondition(index.count == strides.count, "one index per axis of \(shape)")
    var offset = 0
    for axis in index.indices {
      precondition((0..<shape.extents[axis]).contains(index[axis]), "\(index) outside \(shape)")
      offset += index[axis] * strides[axis]
    }
    return offset
  }
}

/// Calls `body` with every index of a grid, the last axis fastest.
package func forEachIndex(_ extents: [Int], _ body: ([Int]) -> Void) {
  guard !extents.contains(0) else { return }
  var index = [Int](repeating: 0, count: extents.count)
  while true {
    body(index)
    var axis = extents.count - 1
    while axis >= 0 {
      index[axis] += 1
      if index[axis] < extents[axis] { break }
      index[axis] = 0
      axis -= 1
    }
    if axis < 0 { return }
  }
}
