import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Fully connected layers.
  static let gemm = ImportFamily(
    "Gemm", [ImportEntry("Gemm", "`α A B + β C`, a matrix product with its bias", gemm)])

  private static func gemm(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let attributes = site.attributes
    let alpha = try attributes.float("alpha", default: 1)
    let beta = try attributes.float("beta", default: 1)
    var a = try site.value(0)
    if site.opset < 9, a.shape.rank > 2 {
      let (rows, inner) = site.split(a.shape, at: 1)
      a = a.reshaped(to: [rows, inner])
    }
    let b = scaled(try site.input(1), by: alpha, site)
    let operation = MatrixProduct(
      transposesLeft: try attributes.flag("transA", default: false),
      transposesRight: try attributes.flag("transB", default: false))
    guard a.shape.rank == 2, b.shape.rank == 2 else {
      throw ONNXError(.malformedFile, "\(a.shape) and \(b.shape) are not two matrices")
    }
    let columns = operation.transposesRight ? b.shape[0] : b.shape[1]
    guard let bias = site.optional(2), beta != 0 else {
      return [.computed(site.builder.apply(operation, [a, b]), .float32)]
    }
    let c = scaled(bias, by: beta, site)
    if c.shape == [columns] || c.shape == [1, columns] {
      let row = c.reshaped(to: [columns])
      return [.computed(site.builder.apply(operation, [a, b, row]), .float32)]
    }
    let product = try site.checked(site.builder.apply(operation, [a, b]))
    guard c.shape.broadcast(with: product.shape) == product.shape else {
      throw ONNXError(.malformedFile, "\(c.shape) does not broadcast to \(product.shape)")
    }
    return [.computed(product + c, .float32)]
  }

  /// The factor is folded into known numbers.
  private static func scaled(
    _ input: ImportedValue, by factor: Float, _ site: ImportSite
  ) -> Value {
    if factor == 1 { return site.pool.value(input) }
    if let tensor = input.known { return site.builder.constant(tensor.tensor.map { $0 * factor }) }
    return site.pool.value(input) * factor
  }
}
