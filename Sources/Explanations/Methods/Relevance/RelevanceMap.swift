import Catalogs
import GraphIR
import Operations

/// The relevance map of a layer: relevance position by position, `ReLU(Σ_k R_k(i))`.
///
/// Pooling relevance over positions, as Relevance-CAM does, loses the class at early and middle
/// layers; this map keeps it. The gated form is `Σ_k ReLU(R_k) ⊙ |A_k|`.
enum RelevanceMap {
  enum Form: String, CaseIterable { case sum, gated }

  static let form = Parameter(
    "form", "the sum of relevance, or the positive relevance times the activation's magnitude",
    standard: Form.sum)

  static let entry = ExplanationMethod(
    id: "relevance-map", title: "Relevance map",
    summary: "relevance at every position, summed over channels; for early and middle layers",
    source: "position-wise relevance of a layer, after Bach et al. 2015 (PLoS ONE 10(7), e0130140)",
    use:
      "For early and middle layers: the sharpest that tells classes apart. Each position "
      + "shows its own relevance, not that of a channel.",
    kind: .activationMap,
    parameters: [
      Parameter.contrast, Parameter.reference, Parameter.composite, Parameter.bias,
      Parameter.through, form,
    ],
    finishing: [.rectified(true)],
    startsAtRawScores: true,
    procedure: .graph { site, settings in
      let relevance = site.relevance(settings)
      return switch settings[form] {
      case .sum: relevance.sum(over: .channels)
      case .gated: (relevance.positive * site.activation.absolute).sum(over: .channels)
      }
    })
}
