import GraphIR
import Operations

extension ImportFamily {
  /// Gaussian error linear units.
  static let gelu = ImportFamily(
    "Gelu",
    [
      ImportEntry("Gelu", "`x Φ(x)`, through the error function or tanh") {
        (site) throws(ONNXError) in
        let approximation = try site.attributes.text("approximate", default: "none")
        let x = try site.value(0)
        return switch approximation {
        case "none":
          [.computed(0.5 * x * (1 + (x * 0.707_106_8).applying(.errorFunction)), .float32)]
        case "tanh": [.computed(0.5 * x * (1 + tanhArgument(x).applying(.tanh)), .float32)]
        default:
          throw ONNXError(.outOfScope, "approximation \"\(approximation)\" is not known")
        }
      }
    ])

  private static func tanhArgument(_ x: Value) -> Value {
    0.797_884_56 * (x + 0.044_715 * (x * x * x))
  }
}
