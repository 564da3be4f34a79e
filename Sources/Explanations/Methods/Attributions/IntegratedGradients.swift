import Catalogs
import GraphIR
import Operations

/// The gradient along the straight way from a baseline to the input, times the difference.
///
/// `(x − x') ⊙ ∫₀¹ ∂y/∂x (x' + α (x − x')) dα`, Sundararajan, Taly and Yan 2017 (arXiv 1703.01365),
/// equation 1, by the midpoint rule. The map adds up to the difference of the scores; the number of
/// steps is tripled, which keeps the points that are known, until it does so within the gap.
enum IntegratedGradients {
  static let steps = Parameter(
    "steps", "into how many steps the way is divided at first", standard: 8, .whole(1...1024))

  static let gap = Parameter(
    "gap",
    "by how many per cent of the difference of the scores the map may miss it before the steps are "
      + "tripled, at most to 1024",
    standard: 1.0, .number(0.001...100))

  static let entry = ExplanationMethod(
    id: "integrated-gradients", title: "Integrated gradients",
    summary: "the gradient along the way from a baseline to the input; adds up to the difference",
    source: "Sundararajan et al. 2017, arXiv 1703.01365, equation 1",
    use:
      "To divide the difference between the scores of an input and of a baseline among the input's "
      + "values: exactly where they are, which is what bands of spectra need. Runs the network nine "
      + "times or more for each input.",
    kind: .attribution,
    parameters: [Parameter.inputBaseline, steps, gap],
    procedure: .path(
      PathIntegration(
        baseline: { site, settings in site.baseline(settings) },
        rule: { settings in
          PathRule(firstCount: settings[steps], greatestGap: settings[gap] / 100)
        })))
}
