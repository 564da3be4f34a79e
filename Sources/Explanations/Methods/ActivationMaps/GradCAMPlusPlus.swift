import GraphIR
import Operations
import TensorCore

/// Grad-CAM++: channels weighted by their positive gradients, those that matter most first.
///
/// `ReLU(Σ_k w_k A_k)` with `w_k = Σ_i α_k(i) ReLU(e^y g_k(i))` and
/// `α_k(i) = g² / (2 g² + g³ Σ_j A_k(j))`, divided by its sum over positions; Chattopadhay et al. 2018
/// (arXiv 1710.11063), equations 10 to 19, as in the released code. Under a mean over positions and
/// one linear layer the weights become proportional to the positive weights of that layer. Where
/// gradients are negative, as at earlier layers, `α` has poles and its sum may vanish: the condition
/// number says how much small changes show in the map.
enum GradCAMPlusPlus {
  static let entry = ExplanationMethod(
    id: "grad-cam-pp", title: "Grad-CAM++",
    summary: "channels weighted by positive gradients, whose shares are normalized per channel",
    source: "Chattopadhay et al. 2018, arXiv 1710.11063, and the code released with it",
    use:
      "Where a class is seen several times in one picture and grad-cam finds only the "
      + "largest. As in the paper; costs one backward pass.",
    kind: .activationMap, finishing: [.rectified(true)],
    condition: { site, _ in
      let shares = GradientShares(site)
      let (alpha, total) = (shares.quotients, shares.quotients.sum(over: .positions).orOne)
      let weights = (alpha / total * site.gradient.positive).sum(over: .positions)
      let change = alpha * (site.gradient.positive - weights) * shares.sensitivity
      return site.condition(
        of: weights, changing: change.absolute.sum(over: .positions) / total.absolute)
    },
    procedure: .weights { site, _ in
      let alpha = GradientShares(site).quotients
      let normalized = alpha / alpha.sum(over: .positions).orOne
      return (normalized * site.gradient.positive * factor(site)).sum(over: .positions)
    })

  /// `e^y`, which scales the map as a whole; limited to `e^±60`, so that no number overflows.
  private static func factor(_ site: MethodSite) -> Value {
    let extents =
      [site.explained.shape[0]] + site.activation.shape.extents.dropFirst().map { _ in 1 }
    return site.explained.applying(.clip(lower: -60, upper: 60)).exponential
      .reshaped(to: Shape(extents))
  }
}
