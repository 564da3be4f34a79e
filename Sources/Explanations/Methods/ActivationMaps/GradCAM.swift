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
    kind: .activationMap, finishing: [.rectified(true)],
    procedure: .graph { site, _ in
      let weights = site.gradient.mean(over: .positions)
      return (weights * site.activation).sum(over: .channels)
    })
}
