import GraphIR
import Operations

/// Grad-CAM++ as PyTorch libraries have it: neither the exponential nor normalized shares.
///
/// `ReLU(Σ_k w_k A_k)` with `w_k = Σ_i α_k(i) ReLU(g_k(i))` and
/// `α_k(i) = g² / (2 g² + g³ Σ_j A_k(j) + 1e-6)`, 0 where `g` is 0. Not the paper's weights; for
/// comparison.
enum GradCAMPlusPlusOfLibraries {
  static let entry = ExplanationMethod(
    id: "grad-cam-pp-library", title: "Grad-CAM++ (library form)",
    summary: "Grad-CAM++ without exponential and without normalized shares, as libraries have it",
    source: "pytorch-grad-cam, GradCAMPlusPlus, after arXiv 1710.11063",
    use:
      "To compare with what pytorch-grad-cam, tf-keras-vis and others call Grad-CAM++. "
      + "For a result of your own take grad-cam-pp.",
    kind: .activationMap, finishing: [.rectified(true)],
    condition: { site, _ in
      let gradient = site.gradient
      let cube = gradient * gradient * gradient
      let weights = weights(site)
      let sum = cube.absolute * site.activation.absolute.sum(over: .positions)
      let part = gradient.positive * gradient * gradient
      let change = part * sum / (denominator(site) * denominator(site)).orOne
      return site.condition(of: weights, changing: change.sum(over: .positions))
    },
    procedure: .weights { site, _ in weights(site) })

  /// The weights of the channels; the numerator is 0 where the gradient is.
  private static func weights(_ site: MethodSite) -> Value {
    let alpha = site.gradient * site.gradient / denominator(site)
    return (alpha * site.gradient.positive).sum(over: .positions)
  }

  private static func denominator(_ site: MethodSite) -> Value {
    let square = site.gradient * site.gradient
    return 2 * square + square * site.gradient * site.activation.sum(over: .positions) + 1e-6
  }
}
