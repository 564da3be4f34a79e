import Catalogs
import Explanations

/// Whether a map ranks random sets of parts as the network does.
enum MuFidelity {
  static let entry = Metric(
    id: "mu-fidelity", title: "μ-fidelity",
    summary: "the rank correlation of the map's sums over random parts with the drops without them",
    formula: "Spearman of Σ_A L and Y − p(x without A) over random A of 20 % of the cells",
    source: "Bhatt, Weller and Moura 2020, arXiv 2005.00631; ranks after Fel et al. 2022, xplique",
    topic: .faithfulness, direction: .up, bounds: (-1, 1), chance: "0",
    caution: "Sees what is as coarse as the cells. A map whose sums are all alike has 0.",
    parameters: [
      Parameter.cells, Parameter.subsets, Parameter.share, Parameter.fill, Parameter.blur,
    ],
    procedure: .shared(
      .agreement({ RemovedParts(random: $0, $1) }, { $0.rankCorrelation })))
}
