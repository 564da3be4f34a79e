import GraphIR
import Operations

/// The relevance map of a layer: relevance position by position, `ReLU(Σ_k R_k(i))`.
///
/// Pooling relevance over positions, as Relevance-CAM does, loses the class at early and middle
/// layers; this map keeps it. The gated form is `Σ_k ReLU(R_k) ⊙ |A_k|`.
enum RelevanceMap {
  static let entry = ExplanationMethod(
    id: "relevance-map", title: "Relevance map",
    summary: "relevance at every position, summed over channels; for early and middle layers",
    source: "position-wise relevance of a layer, after Bach et al. 2015 (PLoS ONE 10(7), e0130140)",
    kind: .activationMap,
    parameters: [
      .contrast(default: "balanced"), .reference, .composite(default: "z-plus"), .bias,
      MethodParameter(
        "form", "the sum of relevance, or the positive relevance times the activation's magnitude",
        values: ["sum", "gated"]),
      .rectified(default: true),
    ],
    startsAtRawScores: true
  ) { site, settings in
    let relevance = site.relevance(settings)
    if settings["form"] == "gated" {
      return (relevance.positive * site.activation.absolute).sum(over: .channels)
    }
    let map = relevance.sum(over: .channels)
    return settings.isTrue("rectified") ? map.rectified : map
  }
}
