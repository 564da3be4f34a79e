import Catalogs
import Explanations

/// Whether a map agrees with the one that a sliding window draws.
enum OcclusionAgreement {
  static let window = Parameter(
    "window",
    "side of the window, in percent of the shorter side; auto is 15 for pictures, and the width of "
      + "hidden intervals for spectra",
    standard: SideShare.auto, .sideShare)

  static let entry = Metric(
    id: "occlusion-agreement", title: "Occlusion agreement",
    summary: "the correlation of the map's sum over a sliding window with the drop without it",
    formula: "Pearson of Σ_W L and Y − p(x without W), W every half window",
    source: "after Zeiler and Fergus 2014, arXiv 1311.2901",
    topic: .faithfulness, direction: .up, bounds: (-1, 1), chance: "0",
    caution: "A map whose sums are all alike has 0.",
    parameters: [window, Parameter.fill, Parameter.blur],
    procedure: .shared(
      .agreement({ RemovedParts(each: windows($0, $1)) }, { $0.correlation })))

  private static func windows(_ facts: SampleFacts, _ settings: Settings) -> Cells {
    let side = settings[window]
    let isSpectrum = facts.positions.count == 1
    let length = side.positions(facts.positions, picture: 15, spectrum: 0)
    let width =
      isSpectrum && side == .auto ? facts.bandWidth : max(1, Int(length.rounded()))
    return Cells.windows(facts.positions, width: width)
  }
}
