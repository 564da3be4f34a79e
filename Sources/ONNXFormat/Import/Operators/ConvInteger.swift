import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Products of quantized numbers, as integers or brought back to real ones.
  static let convInteger = ImportFamily(
    "ConvInteger",
    [
      ImportEntry("ConvInteger", "a convolution of integers") { (site) throws(ONNXError) in
        let x = try site.centered(try site.input(0), try site.zeroPoint(2, alongRowsOf: 0))
        let weights = try site.centered(try site.input(1), try site.zeroPoint(3, alongRowsOf: 1))
        let result = try site.convolution(site.pool.value(x), site.pool.value(weights))
        return [.computed(site.integerSums(result), .int32)]
      },
      ImportEntry("MatMulInteger", "a matrix product of integers") { (site) throws(ONNXError) in
        [.computed(try integerProduct(site, zeroA: 2, zeroB: 3), .int32)]
      },
      ImportEntry(
        "MatMulInteger16", domain: ImportEntry.runtimeDomain, "a matrix product of integers"
      ) { (site) throws(ONNXError) in
        let product = try site.matrixProduct(try site.value(0), try site.value(1))
        return [.computed(site.integerSums(product), .int32)]
      },
      ImportEntry(
        "MatMulIntegerToFloat", domain: ImportEntry.runtimeDomain,
        "a matrix product of integers, times scales"
      ) { (site) throws(ONNXError) in
        let product = try integerProduct(site, zeroA: 4, zeroB: 5)
        return [try real(product, try site.value(2) * (try site.value(3)), bias: 6, site)]
      },
      ImportEntry(
        "DynamicQuantizeMatMul", domain: ImportEntry.runtimeDomain,
        "DynamicQuantizeLinear, then a matrix product of integers, times scales"
      ) { (site) throws(ONNXError) in
        let (q, quantization) = try site.dynamicallyQuantized(try site.input(0))
        let scale = site.pool.value(quantization.scale) * (try site.value(2))
        let inner = site.with([
          q, try site.input(1), quantization.zero, site.optional(3),
        ])
        return [try real(try integerProduct(inner, zeroA: 2, zeroB: 3), scale, bias: 4, site)]
      },
    ])

  private static func integerProduct(
    _ site: ImportSite, zeroA: Int, zeroB: Int
  ) throws(ONNXError) -> Value {
    let a = try site.centered(try site.input(0), try site.zeroPoint(zeroA, alongRowsOf: 0))
    let b = try site.centered(try site.input(1), site.optional(zeroB))
    return site.integerSums(try site.matrixProduct(site.pool.value(a), site.pool.value(b)))
  }

  private static func real(
    _ product: Value, _ scale: Value, bias: Int, _ site: ImportSite
  ) throws(ONNXError) -> ImportedValue {
    let result = product * scale
    guard let bias = site.optional(bias) else { return .computed(result, .float32) }
    return .computed(result + site.pool.value(bias), .float32)
  }
}

extension ImportSite {
  /// A zero point, of which there may be one for every row of a matrix or every output of a filter.
  func zeroPoint(_ index: Int, alongRowsOf input: Int) throws(ONNXError) -> ImportedValue? {
    guard let zero = optional(index) else { return nil }
    let rank = try self.input(input).shape.rank
    if zero.shape.elementCount == 1 { return try reshaped(zero, to: []) }
    guard zero.shape.rank == 1 else { return zero }
    let after = input == 1 ? rank - 1 : 1
    return try reshaped(
      zero, to: Shape(zero.shape.extents + Array(repeating: 1, count: max(after, 0))))
  }
}
