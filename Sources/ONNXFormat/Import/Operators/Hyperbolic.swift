import GraphIR
import Operations

extension ImportFamily {
  /// Functions of one number that exponentials, logarithms, sines, cosines and arctangents make up.
  static let hyperbolic = ImportFamily(
    "Hyperbolic",
    [
      entry("Sinh", "`(exp x − exp −x) / 2`") { ($0.exponential - (-$0).exponential) * 0.5 },
      entry("Cosh", "`(exp x + exp −x) / 2`") { ($0.exponential + (-$0).exponential) * 0.5 },
      entry("Tan", "sine by cosine") { $0.applying(.sine) / $0.applying(.cosine) },
      entry("Asin", "`atan(x / √(1 − x²))`") { arcsine($0) },
      entry("Acos", "`π / 2 − asin(x)`") { Float.pi / 2 - arcsine($0) },
      // By the magnitude, since the sum would vanish for negative numbers.
      entry("Asinh", "`log(x + √(x² + 1))`") {
        $0.sign * ($0.absolute + ($0 * $0 + 1).squareRoot).logarithm
      },
      entry("Acosh", "`log(x + √(x² − 1))`") { ($0 + ($0 * $0 - 1).squareRoot).logarithm },
      entry("Atanh", "`log((1 + x) / (1 − x)) / 2`") { ((1 + $0) / (1 - $0)).logarithm * 0.5 },
    ])

  /// By the product `(1 − x) (1 + x)`, which is exact near ±1.
  private static func arcsine(_ x: Value) -> Value {
    (x / ((1 - x) * (1 + x)).squareRoot).applying(.arctangent)
  }

  private static func entry(
    _ operatorType: String, _ summary: String, _ function: @escaping @Sendable (Value) -> Value
  ) -> ImportEntry {
    ImportEntry(operatorType, summary) { (site) throws(ONNXError) in
      [.computed(function(try site.value(0)), try site.input(0).type)]
    }
  }
}
