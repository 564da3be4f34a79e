import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Matrix products with NumPy's rules.
  static let matMul = ImportFamily(
    "MatMul",
    [
      ImportEntry("MatMul", "a matrix product; stacks broadcast, vectors become matrices") {
        (site) throws(ONNXError) in
        let product = try site.matrixProduct(try site.value(0), try site.value(1))
        return [.computed(product, try site.input(0).type)]
      }
    ])
}

extension ImportSite {
  /// The matrix product with NumPy's rules: stacks broadcast, vectors become matrices.
  ///
  /// - Throws: `ONNXError` when the shapes do not fit together.
  func matrixProduct(_ left: Value, _ right: Value) throws(ONNXError) -> Value {
    try require(left.shape, minimumRank: 1)
    try require(right.shape, minimumRank: 1, "input 1")
    let a = left.shape.rank == 1 ? left.reshaped(to: [1, left.shape[0]]) : left
    let b = right.shape.rank == 1 ? right.reshaped(to: [right.shape[0], 1]) : right
    let (rows, inner) = (a.shape[a.shape.rank - 2], a.shape[a.shape.rank - 1])
    let columns = b.shape[b.shape.rank - 1]
    guard b.shape[b.shape.rank - 2] == inner else {
      throw ONNXError(.malformedFile, "\(left.shape) and \(right.shape) cannot be multiplied")
    }
    let leading = Array(a.shape.extents.dropLast(2))
    guard let stack = Shape(leading).broadcast(with: Shape(Array(b.shape.extents.dropLast(2))))
    else {
      throw ONNXError(.malformedFile, "stacks \(left.shape) and \(right.shape) do not broadcast")
    }
    var result: Value
    if b.shape.rank == 2 {
      // One matrix for the whole stack: all rows are multiplied at once.
      let all = Shape(leading + [rows]).elementCount
      result = a.reshaped(to: [all, inner]).product(b)
    } else {
      let count = stack.elementCount
      result = a.broadcast(to: Shape(stack.extents + [rows, inner]))
        .reshaped(to: [count, rows, inner])
        .product(
          b.broadcast(to: Shape(stack.extents + [inner, columns]))
            .reshaped(to: [count, inner, columns]))
    }
    result = try checked(result)
    var extents = stack.extents
    if left.shape.rank > 1 { extents.append(rows) }
    if right.shape.rank > 1 { extents.append(columns) }
    return result.reshaped(to: Shape(extents))
  }
}
