import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Real numbers as integers and back.
  static let quantizeLinear = ImportFamily(
    "QuantizeLinear",
    ["", ImportEntry.runtimeDomain].flatMap { domain in
      [
        ImportEntry(
          "QuantizeLinear", domain: domain, "`round(x / scale) + zero`, saturated", quantizeLinear),
        ImportEntry(
          "DequantizeLinear", domain: domain, "`scale · (q − zero)`", dequantizeLinear),
      ]
    } + [
      ImportEntry(
        "DynamicQuantizeLinear", "as QuantizeLinear, with a scale that covers all numbers",
        dynamicQuantizeLinear)
    ])

  private static func parameters(_ site: ImportSite) throws(ONNXError) -> Quantization {
    try site.quantization(
      scale: 1, zero: 2, of: try site.input(0).shape,
      axis: try site.attributes.integer("axis", default: 1),
      blockSize: try site.attributes.integer("block_size", default: 0))
  }

  private static func quantizeLinear(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let code = try site.attributes.integer("output_dtype", default: 0)
    let declared = code == 0 ? ElementType.uint8 : try TensorDecoder.elementType(code)
    let type = site.optional(2)?.type ?? declared
    return [try site.quantized(try site.input(0), try parameters(site), type: type)]
  }

  private static func dequantizeLinear(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    [try site.dequantized(try site.input(0), try parameters(site))]
  }

  private static func dynamicQuantizeLinear(
    _ site: ImportSite
  ) throws(ONNXError) -> [ImportedValue] {
    let (q, quantization) = try site.dynamicallyQuantized(try site.input(0))
    return [q, quantization.scale, quantization.zero].compactMap(\.self)
  }
}

extension ImportSite {
  /// A value as integers of 0…255, of which 0 and the extreme numbers of the value are some.
  ///
  /// Scale and zero point are held constant in gradients, which pass rounding straight through.
  func dynamicallyQuantized(
    _ input: ImportedValue
  ) throws(ONNXError) -> (ImportedValue, Quantization) {
    let x = pool.value(input)
    let axes = Array(0..<x.shape.rank)
    let zero = builder.constant(0)
    let lowest = x.reduced(.minimum, over: axes).reshaped(to: []).minimum(zero)
    let highest = x.reduced(.maximum, over: axes).reshaped(to: []).maximum(zero)
    let scale = ((highest - lowest) / 255).orOne.held
    let zeroPoint = (-(lowest / scale)).applying(.round).applying(.clip(lower: 0, upper: 255))
    let quantization = Quantization(
      scale: .computed(scale, .float32), zero: .computed(zeroPoint.held, .uint8))
    return (try quantized(input, quantization, type: .uint8), quantization)
  }
}
