import Catalogs
import Explanations

/// Which part of what is lost without random parts no multiple of a map explains.
enum Infidelity {
  static let entry = Metric(
    id: "infidelity", title: "Infidelity 1 − r₀²",
    summary:
      "the part of the squared drops without random parts that no multiple of the map explains",
    formula: "Σ (β m − f)² / Σ f², m = Σ_A L, f = Y − p(x without A), β = Σ m f / Σ m²",
    source:
      "Yeh et al. 2019, arXiv 1901.09392, with the best factor and over the mean squared drop",
    topic: .faithfulness, direction: .down,
    caution:
      "An even map already explains the mean drop, and reversing the sign changes nothing: look at the "
      + "controls. None where no part changes the score.",
    parameters: [
      Parameter.cells, Parameter.subsets, Parameter.share, Parameter.fill, Parameter.blur,
    ],
    procedure: .shared(.agreement({ RemovedParts(random: $0, $1) }, { $0.unexplained })))
}
