import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Fully connected layers.
  static let gemm = ImportFamily(
    "Gemm",
    [
      ImportEntry("Gemm", "`α A B + β C`, a matrix product with its bias") {
        (site) throws(ONNXError) in [.computed(try site.gemm(), .float32)]
      }
    ])
}

extension ImportSite {
  /// `α A B + β C` as the attributes of the node describe it.
  ///
  /// - Throws: `ONNXError` when shapes do not fit together.
  func gemm() throws(ONNXError) -> Value {
    let alpha = try attributes.float("alpha", default: 1)
    let beta = try attributes.float("beta", default: 1)
    var a = try value(0)
    if opset < 9, a.shape.rank > 2 {
      let (rows, inner) = split(a.shape, at: 1)
      a = a.reshaped(to: [rows, inner])
    }
    let b = scaled(try input(1), by: alpha)
    let operation = MatrixProduct(
      transposesLeft: try attributes.flag("transA", default: false),
      transposesRight: try attributes.flag("transB", default: false))
    guard a.shape.rank == 2, b.shape.rank == 2 else {
      throw ONNXError(.malformedFile, "\(a.shape) and \(b.shape) are not two matrices")
    }
    let columns = operation.transposesRight ? b.shape[0] : b.shape[1]
    guard let bias = optional(2), beta != 0 else { return builder.apply(operation, [a, b]) }
    let c = scaled(bias, by: beta)
    if c.shape == [columns] || c.shape == [1, columns] {
      let row = c.reshaped(to: [columns])
      return builder.apply(operation, [a, b, row])
    }
    let product = try checked(builder.apply(operation, [a, b]))
    guard c.shape.broadcast(with: product.shape) == product.shape else {
      throw ONNXError(.malformedFile, "\(c.shape) does not broadcast to \(product.shape)")
    }
    return product + c
  }

  /// The factor is folded into known numbers.
  private func scaled(_ input: ImportedValue, by factor: Float) -> Value {
    if factor == 1 { return pool.value(input) }
    if let tensor = input.known { return builder.constant(tensor.tensor.map { $0 * factor }) }
    return pool.value(input) * factor
  }
}
