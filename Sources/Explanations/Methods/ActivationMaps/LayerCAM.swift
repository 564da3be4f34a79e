import GraphIR
import Operations

/// LayerCAM: every activation weighted by its own gradient where that is positive.
///
/// `ReLU(Σ_k ReLU(∂y/∂A_k(i)) · A_k(i))`, Jiang et al. 2021 (IEEE TIP 30, 5875 to 5888).
enum LayerCAM {
  static let entry = ExplanationMethod(
    id: "layer-cam", title: "LayerCAM",
    summary: "activations weighted by their positive gradients at every position; for any layer",
    source: "Jiang et al. 2021, IEEE Transactions on Image Processing 30, 5875-5888",
    use:
      "For early and middle layers: weights stay at their positions, so fine structures "
      + "survive. Shows what raises the score only.",
    kind: .activationMap, finishing: [.rectified(true)],
    procedure: .graph { site, _ in map(site) })

  /// The sum over channels before it is rectified, `[samples, 1, positions…]`.
  static func map(_ site: MethodSite) -> Value {
    (site.gradient.positive * site.activation).sum(over: .channels)
  }
}
