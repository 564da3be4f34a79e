import GraphIR
import Operations

/// Relevance-CAM: channels weighted by the sum of their relevance.
///
/// `Σ_k (Σ_i R_k(i)) · A_k`, Lee et al. 2021 (CVPR, pages 14944 to 14953); signed, because the
/// relevance is contrastive.
enum RelevanceCAM {
  static let entry = ExplanationMethod(
    id: "relevance-cam", title: "Relevance-CAM",
    summary: "channels weighted by their relevance for the target against the other classes",
    source: "Lee et al. 2021, Relevance-CAM, CVPR, pages 14944-14953",
    kind: .activationMap,
    parameters: [
      .contrast(default: "balanced"), .reference, .composite(default: "z-plus"), .bias,
      MethodParameter(
        "weights", "whether a channel's weight is the sum or the mean of its relevance",
        values: ["sum", "mean"]),
      .rectified(default: false),
    ],
    startsAtRawScores: true
  ) { site, settings in
    let relevance = site.relevance(settings)
    let weights =
      settings["weights"] == "mean"
      ? relevance.mean(over: .positions) : relevance.sum(over: .positions)
    let map = (weights * site.activation).sum(over: .channels)
    return settings.isTrue("rectified") ? map.rectified : map
  }
}
