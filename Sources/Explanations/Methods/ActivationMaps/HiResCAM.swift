import GraphIR
import Operations

/// HiResCAM: gradient times activation, summed over channels at every position.
///
/// `ReLU(Σ_k ∂y/∂A_k(i) · A_k(i))`, Draelos and Carin 2020 (arXiv 2011.08891).
enum HiResCAM {
  static let entry = ExplanationMethod(
    id: "hires-cam", title: "HiResCAM",
    summary: "gradient times activation at every position, summed over channels and rectified",
    source: "Draelos and Carin 2020, arXiv 2011.08891",
    use:
      "Where the map must be what the score is made of: behind the layer only sums and "
      + "linear steps, it adds up to the score. Elsewhere as grad-cam, sharper and a little "
      + "noisier.",
    kind: .activationMap, finishing: [.rectified(true)],
    procedure: .graph { site, _ in
      (site.gradient * site.activation).sum(over: .channels)
    })
}
