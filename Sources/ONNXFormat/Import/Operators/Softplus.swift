import GraphIR
import Operations

extension ImportFamily {
  /// Smooth rectifiers.
  static let softplus = ImportFamily(
    "Softplus",
    [
      ImportEntry("Softplus", "`max(x, 0) + ln(1 + exp(−|x|))`") { (site) throws(ONNXError) in
        [.computed(softplus(try site.value(0)), .float32)]
      },
      ImportEntry("Mish", "`x · tanh(softplus(x))`") { (site) throws(ONNXError) in
        let x = try site.value(0)
        return [.computed(x * softplus(x).applying(.tanh), .float32)]
      },
      ImportEntry("Softsign", "`x / (1 + |x|)`") { (site) throws(ONNXError) in
        let x = try site.value(0)
        return [.computed(x / (1 + x.absolute), .float32)]
      },
    ])

  private static func softplus(_ x: Value) -> Value {
    x.rectified + (1 + (-x.absolute).exponential).logarithm
  }
}
