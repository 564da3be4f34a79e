import Catalogs
import Explanations

/// Whether a map's sum over each part follows what the network loses without that part.
enum FaithfulnessEstimate {
  static let entry = Metric(
    id: "faithfulness-estimate", title: "Faithfulness estimate",
    summary: "the correlation of the map's sum over each cell with the drop without that cell",
    formula: "Pearson of Σ_C L and Y − p(x without C) over all cells C",
    source: "Alvarez-Melis and Jaakkola 2018, arXiv 1806.07538, with cells",
    topic: .faithfulness, direction: .up, bounds: (-1, 1), chance: "0",
    caution: "What other cells tell as well is not missed. A map whose sums are all alike has 0.",
    parameters: [Parameter.cells, Parameter.fill, Parameter.blur],
    procedure: .shared(
      .agreement({ RemovedParts(each: RemovedParts.cells($0, $1)) }, { $0.correlation })))
}
