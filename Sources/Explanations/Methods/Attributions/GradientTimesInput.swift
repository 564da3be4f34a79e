import Catalogs
import GraphIR
import Operations

/// The gradient of the score times the input, or its difference from a baseline: how much of the score
/// each input value brings, as far as the score is linear.
///
/// `x · ∂y/∂x`, summed over channels, Shrikumar et al. 2016 (arXiv 1605.01713), section 2.3.
enum GradientTimesInput {
  static let entry = ExplanationMethod(
    id: "gradient-times-input", title: "Gradient × input",
    summary: "the gradient of the score times each input value; for rows of numbers too",
    source: "Shrikumar et al. 2016, arXiv 1605.01713, section 2.3",
    use:
      "To divide the score among the values of an input as far as it is linear, rows of numbers "
      + "beside a picture among them. What is not linear it leaves out.",
    kind: .attribution,
    parameters: [Parameter.inputBaseline.with(standard: .zero)],
    procedure: .graph { site, settings in
      let difference =
        settings[Parameter.inputBaseline] == .zero
        ? site.activation : site.activation - site.baseline(settings)
      return (site.gradient * difference).sum(over: .channels)
    })
}
