import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Products of quantized numbers, quantized again.
  static let qLinearConv = ImportFamily(
    "QLinearConv",
    [
      ImportEntry("QLinearConv", "a convolution of quantized numbers") { (site) throws(ONNXError) in
        [try convolution(site, try site.input(0))]
      },
      ImportEntry(
        "QLinearConv", domain: ImportEntry.runtimeDomain, "a convolution of quantized numbers"
      ) { (site) throws(ONNXError) in
        let x = try site.input(0)
        guard try site.attributes.flag("channels_last", default: false) else {
          return [try convolution(site, x)]
        }
        return [try site.channelsLast(try convolution(site, try site.channelsFirst(x)))]
      },
      ImportEntry("QLinearMatMul", "a matrix product of quantized numbers", product),
      ImportEntry("QGemm", domain: ImportEntry.runtimeDomain, "Gemm of quantized numbers", gemm),
    ])

  private static func convolution(
    _ site: ImportSite, _ x: ImportedValue
  ) throws(ONNXError) -> ImportedValue {
    let weights = try site.input(3)
    let input = try site.quantization(scale: 1, zero: 2, of: x.shape)
    let filter = try site.quantization(scale: 4, zero: 5, of: weights.shape, axis: 0)
    let output = try site.quantization(scale: 6, zero: 7, of: [])
    let sums = try site.convolution(
      site.pool.value(try site.centered(x, input.zero)),
      site.pool.value(try site.centered(weights, filter.zero)),
      bias: site.optional(8).map(site.pool.value))
    // Scales per output stand along the first axis of the filter and the second of the result.
    let scales = site.pool.value(filter.scale)
    let perChannel =
      scales.shape == [] ? scales : site.perChannel(scales, rank: try site.checked(sums).shape.rank)
    let step = site.pool.value(input.scale) * perChannel
    return try requantized(sums, step, output, site, zero: 7)
  }

  private static func product(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let (a, b) = (try site.input(0), try site.input(3))
    let left = try site.quantization(scale: 1, zero: 2, of: a.shape, axis: -2)
    let right = try site.quantization(scale: 4, zero: 5, of: b.shape, axis: -1)
    let output = try site.quantization(scale: 6, zero: 7, of: [])
    let sums = try site.matrixProduct(
      site.pool.value(try site.centered(a, left.zero)),
      site.pool.value(try site.centered(b, right.zero)))
    let step = site.pool.value(left.scale) * site.pool.value(right.scale)
    return [try requantized(sums, step, output, site, zero: 7)]
  }

  private static func gemm(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let (a, b) = (try site.input(0), try site.input(3))
    let isTransposed = try site.attributes.flag("transB", default: false)
    let left = try site.quantization(scale: 1, zero: 2, of: a.shape)
    let right = try site.quantization(scale: 4, zero: 5, of: b.shape, axis: isTransposed ? 0 : 1)
    guard right.zero.map({ $0.shape == [] }) ?? true || !isTransposed else {
      throw ONNXError(.outOfScope, "a zero point for each row of a transposed matrix")
    }
    // α is a part of the step, and the bias is in steps already.
    let operation = MatrixProduct(
      transposesLeft: try site.attributes.flag("transA", default: false),
      transposesRight: isTransposed)
    var sums = site.builder.apply(
      operation,
      [
        site.pool.value(try site.centered(a, left.zero)),
        site.pool.value(try site.centered(b, right.zero)),
      ])
    if let bias = site.optional(6) { sums = sums + site.pool.value(bias) }
    let scales =
      right.scale.shape == []
      ? right.scale
      : try site.reshaped(
        right.scale, to: [right.scale.shape.elementCount])
    let step =
      site.pool.value(left.scale) * site.pool.value(scales)
      * (try site.attributes.float("alpha", default: 1))
    guard site.optional(7) != nil else {
      return [.computed(site.integerSums(sums) * step, .float32)]
    }
    let output = try site.quantization(scale: 7, zero: 8, of: [])
    return [try requantized(sums, step, output, site, zero: 8)]
  }

  /// Sums of products, `step` each, in steps of an output.
  private static func requantized(
    _ sums: Value, _ step: Value, _ output: Quantization, _ site: ImportSite, zero: Int
  ) throws(ONNXError) -> ImportedValue {
    let one = ImportedValue.known(HostTensor(shape: [], floats: [1]))
    let steps = site.integerSums(sums) * (step / site.pool.value(output.scale))
    return try site.quantized(
      .computed(steps, .float32), Quantization(scale: one, zero: output.zero),
      type: try site.input(zero).type)
  }
}
