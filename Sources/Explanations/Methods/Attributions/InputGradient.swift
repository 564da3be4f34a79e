import GraphIR
import Operations
import TensorCore

/// The plain gradient of the score with respect to the input.
///
/// `∂y/∂x`, Simonyan et al. 2013 (arXiv 1312.6034), section 3; there the magnitude, and over colors
/// its maximum.
enum InputGradient {
  static let entry = ExplanationMethod(
    id: "gradient", title: "Gradient",
    summary: "how the score changes with each input value",
    source: "Simonyan et al. 2013, arXiv 1312.6034, section 3",
    kind: .attribution,
    parameters: [
      MethodParameter(
        "channels",
        "how channels become one: signed sum, sum of magnitudes or largest magnitude; "
          + "auto is the sum for one channel and the largest magnitude for colors",
        values: ["auto", "sum", "sum-magnitude", "max-magnitude"])
    ]
  ) { site, settings in
    let isSingle = site.gradient.shape[1] == 1
    switch settings["channels"] {
    case "sum": return site.gradient.sum(over: .channels)
    case "sum-magnitude": return site.gradient.absolute.sum(over: .channels)
    case "auto" where isSingle: return site.gradient
    default: return site.gradient.absolute.maximum(over: .channels)
    }
  }
}
