import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// ONNX Runtime's operators of quantized numbers: read as real ones, computed, quantized again.
  static let qLinearFunctions = ImportFamily(
    "QLinearFunctions",
    [
      unary("Sigmoid"), unary("LeakyRelu"), unary("Softmax"), unary("AveragePool"),
      unary("GlobalAveragePool"), unary("ReduceMean"), binary("Add"), binary("Mul"),
      ImportEntry(
        "QLinearConcat", domain: ImportEntry.runtimeDomain,
        "Concat of quantized numbers, quantized together", concat),
      ImportEntry(
        "QLinearWhere", domain: ImportEntry.runtimeDomain, "Where of quantized numbers"
      ) { (site) throws(ONNXError) in
        let parts = [try site.input(0), try real(site, 1), try real(site, 4)]
        return try quantized("Where", site.with(parts), site, scale: 7, like: try site.input(1))
      },
      ImportEntry(
        "NhwcMaxPool", domain: ImportEntry.runtimeDomain, "MaxPool with the channels last"
      ) { (site) throws(ONNXError) in
        let input = try site.channelsFirst(try site.input(0))
        return [try site.channelsLast(try run("MaxPool", site.with([input])))]
      },
    ])

  /// An operator of one quantized input.
  private static func unary(_ name: String) -> ImportEntry {
    ImportEntry(
      "QLinear" + name, domain: ImportEntry.runtimeDomain, "\(name) of quantized numbers"
    ) { (site) throws(ONNXError) in
      let isLast = try site.attributes.flag("channels_last", default: false)
      let x = try real(site, 0)
      // Axes are attributes here; a softmax says which version's axes it has.
      let opset = try site.attributes.integer("opset", default: 13)
      let inner = site.with([isLast ? try site.channelsFirst(x) : x], opset: opset)
      let result = try quantized(name, inner, site, scale: 3, like: try site.input(0))
      return isLast ? [try site.channelsLast(result[0])] : result
    }
  }

  /// An operator of two quantized inputs.
  private static func binary(_ name: String) -> ImportEntry {
    ImportEntry(
      "QLinear" + name, domain: ImportEntry.runtimeDomain, "\(name) of quantized numbers"
    ) { (site) throws(ONNXError) in
      let inner = site.with([try real(site, 0), try real(site, 3)])
      return try quantized(name, inner, site, scale: 6, like: try site.input(0))
    }
  }

  private static func concat(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    var parts: [ImportedValue] = []
    for index in stride(from: 2, to: site.inputs.count, by: 3) {
      parts.append(try real(site, index))
    }
    return try quantized("Concat", site.with(parts), site, scale: 0, like: try site.input(2))
  }

  /// The real numbers of an input, which its scale and zero point follow.
  private static func real(_ site: ImportSite, _ index: Int) throws(ONNXError) -> ImportedValue {
    let quantization = try site.quantization(scale: index + 1, zero: index + 2, of: [])
    return try site.dequantized(try site.input(index), quantization)
  }

  /// The result of an operator of the standard, quantized; the zero point follows the scale.
  private static func quantized(
    _ name: String, _ inner: ImportSite, _ site: ImportSite, scale: Int, like input: ImportedValue
  ) throws(ONNXError) -> [ImportedValue] {
    let quantization = try site.quantization(scale: scale, zero: scale + 1, of: [])
    return [try site.quantized(try run(name, inner), quantization, type: input.type)]
  }

  /// The first output of an operator of the standard.
  private static func run(_ name: String, _ site: ImportSite) throws(ONNXError) -> ImportedValue {
    guard let result = try ImportCatalog.entry(name)?.run(site).first else {
      throw ONNXError(.unsupportedOperator, "\(name) is not known")
    }
    return result
  }
}
