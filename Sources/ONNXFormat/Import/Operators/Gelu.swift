import GraphIR
import Operations

extension ImportFamily {
  /// Gaussian error linear units, and their forms in ONNX Runtime.
  static let gelu = ImportFamily(
    "Gelu",
    [
      ImportEntry("Gelu", "`x Φ(x)`, through the error function or tanh") {
        (site) throws(ONNXError) in
        let approximation = try site.attributes.text("approximate", default: "none")
        let x = try site.value(0)
        return switch approximation {
        case "none": [.computed(x.gaussianLinear, .float32)]
        case "tanh": [.computed(x.gaussianLinearByTanh, .float32)]
        default:
          throw ONNXError(.outOfScope, "approximation \"\(approximation)\" is not known")
        }
      },
      runtime("Gelu", "`x Φ(x)`") { x, _ in x.gaussianLinear },
      runtime("BiasGelu", "`x Φ(x)` of a sum") { x, _ in x.gaussianLinear },
      runtime("FastGelu", "`x Φ(x)` of a sum, through tanh") { x, _ in x.gaussianLinearByTanh },
      runtime("QuickGelu", "`x σ(αx)`") { x, alpha in x * (alpha * x).logistic },
    ])

  /// A function of a value to which a bias may be added.
  private static func runtime(
    _ operatorType: String, _ summary: String,
    _ function: @escaping @Sendable (_ x: Value, _ alpha: Float) -> Value
  ) -> ImportEntry {
    ImportEntry(operatorType, domain: ImportEntry.runtimeDomain, summary) {
      (site) throws(ONNXError) in
      var x = try site.value(0)
      if let bias = site.optional(1) { x = x + site.pool.value(bias) }
      let alpha = try site.attributes.float("alpha", default: 1.702)
      return [.computed(function(x, alpha), .float32)]
    }
  }
}

extension Value {
  /// `x Φ(x)` with the distribution function of the normal distribution.
  var gaussianLinear: Value {
    0.5 * self * (1 + (self * 0.707_106_8).applying(.errorFunction))
  }

  /// `x Φ(x)` with an approximation through tanh.
  var gaussianLinearByTanh: Value {
    let argument = 0.797_884_56 * (self + 0.044_715 * (self * self * self))
    return 0.5 * self * (1 + argument.applying(.tanh))
  }
}
