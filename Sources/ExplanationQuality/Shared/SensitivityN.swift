import Catalogs
import Explanations

/// Whether a map's sums over sets of one size follow what the network loses without them.
enum SensitivityN {
  static let entry = Metric(
    id: "sensitivity-n", title: "Sensitivity-n",
    summary: "the correlation of the map's sums over random parts with the drops without them",
    formula: "Pearson of Σ_A L and Y − p(x without A) over random A of n cells, n = 20 % of them",
    source: "Ancona et al. 2018, arXiv 1711.06104",
    topic: .faithfulness, direction: .up, bounds: (-1, 1), chance: "0",
    caution:
      "1 for input times gradient of a linear network. A map whose sums are all alike has 0.",
    parameters: [
      Parameter.cells, Parameter.subsets, Parameter.share, Parameter.fill, Parameter.blur,
    ],
    procedure: .shared(
      .agreement({ RemovedParts(random: $0, $1) }, { $0.correlation })))
}
