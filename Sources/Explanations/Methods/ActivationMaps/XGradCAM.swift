import GraphIR
import Operations

/// XGrad-CAM: channels weighted by their gradient, averaged in proportion to the activation.
///
/// `ReLU(Σ_k w_k A_k)` with `w_k = Σ_i g_k(i) A_k(i) / (Σ_i A_k(i) + 1e-7)`, Fu et al. 2020
/// (arXiv 2008.02312), equation 8.
enum XGradCAM {
  static let entry = ExplanationMethod(
    id: "xgrad-cam", title: "XGrad-CAM",
    summary: "channels weighted by the gradient, averaged in proportion to the activation",
    source: "Fu et al. 2020, arXiv 2008.02312, equation 8",
    use:
      "As grad-cam, with weights in proportion to activations: keeps more of the score in "
      + "the map where gradients vary over positions.",
    kind: .activationMap, finishing: [.rectified(true)],
    procedure: .weights { site, _ in
      let sum = site.activation.sum(over: .positions)
      return (site.gradient * site.activation).sum(over: .positions) / (sum + 1e-7)
    })
}
