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
    procedure: .graph { site, _ in
      let gradient = site.gradient
      let square = gradient * gradient
      let cube = square * gradient
      // The numerator is 0 where the gradient is.
      let alpha = square / (2 * square + cube * site.activation.sum(over: .positions) + 1e-6)
      let weights = (alpha * gradient.positive).sum(over: .positions)
      return (weights * site.activation).sum(over: .channels)
    })
}
