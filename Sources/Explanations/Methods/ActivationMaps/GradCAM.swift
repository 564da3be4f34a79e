import GraphIR
import Operations

/// Grad-CAM: channels weighted by their mean gradient.
///
/// `ReLU(Σ_k (mean_i ∂y/∂A_k(i)) · A_k)`, Selvaraju et al. 2017 (arXiv 1610.02391), equations 1 and 2.
enum GradCAM {
  static let entry = ExplanationMethod(
    id: "grad-cam", title: "Grad-CAM",
    summary: "channels weighted by the mean gradient of the score, summed and rectified",
    source: "Selvaraju et al. 2017, arXiv 1610.02391, equations 1 and 2",
    use:
      "For a first look: coarse, robust, one backward pass. At the last convolution stage "
      + "it tells classes apart; at earlier layers averaging the gradient over positions "
      + "blurs them, take relevance-map or layer-cam there.",
    kind: .activationMap, finishing: [.rectified(true)],
    procedure: .weights { site, _ in weights(site) })

  /// The mean gradient of every channel, `[samples, channels, 1…]`.
  static func weights(_ site: MethodSite) -> Value { site.gradient.mean(over: .positions) }
}
