extension Tensor {
  /// The same numbers with axes in another order: axis `i` of the result is axis `permutation[i]`.
  ///
  /// - Parameter permutation: Every axis once.
  /// - Returns: The tensor in that order.
  package func transposed(_ permutation: [Int]) -> Tensor {
    precondition(permutation.sorted() == Array(0..<shape.rank), "every axis once")
    if permutation == Array(0..<shape.rank) { return self }
    let extents = permutation.map { shape[$0] }
    let strides = permutation.map { shape.strides[$0] }
    var result: [Float] = []
    result.reserveCapacity(elements.count)
    var (index, offset) = ([Int](repeating: 0, count: extents.count), 0)
    for _ in elements.indices {
      result.append(elements[offset])
      var axis = extents.count - 1
      (index[axis], offset) = (index[axis] + 1, offset + strides[axis])
      while axis > 0, index[axis] == extents[axis] {
        offset -= index[axis] * strides[axis]
        index[axis] = 0
        axis -= 1
        (index[axis], offset) = (index[axis] + 1, offset + strides[axis])
      }
    }
    return Tensor(shape: Shape(extents), elements: result)
  }
}
