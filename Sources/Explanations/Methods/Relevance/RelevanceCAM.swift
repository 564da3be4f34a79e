import Catalogs
import GraphIR
import Operations

/// Relevance-CAM: channels weighted by the sum of their relevance.
///
/// `Σ_k (Σ_i R_k(i)) · A_k`, Lee et al. 2021 (CVPR, pages 14944 to 14953); signed, because the
/// relevance is contrastive.
enum RelevanceCAM {
  enum Weights: String, CaseIterable { case sum, mean }

  static let weights = Parameter(
    "weights", "whether a channel's weight is the sum or the mean of its relevance",
    standard: Weights.sum)

  static let entry = ExplanationMethod(
    id: "relevance-cam", title: "Relevance-CAM",
    summary: "channels weighted by their relevance for the target against the other classes",
    source: "Lee et al. 2021, Relevance-CAM, CVPR, pages 14944-14953",
    use:
      "At any layer, also early ones: channels are weighted by relevance instead of "
      + "gradients, which become noise there. Contrasts the target with the other classes.",
    kind: .activationMap,
    parameters: [
      Parameter.contrast, Parameter.reference, Parameter.composite, Parameter.bias,
      Parameter.through, weights,
    ],
    finishing: [.rectified(false)],
    startsAtRawScores: true,
    procedure: .weights { site, settings in
      let relevance = site.relevance(settings)
      return switch settings[weights] {
      case .sum: relevance.sum(over: .positions)
      case .mean: relevance.mean(over: .positions)
      }
    })
}
