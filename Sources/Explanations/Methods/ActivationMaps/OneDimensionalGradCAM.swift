import GraphIR
import Operations

/// 1D Grad-CAM: gradient times activation at every position, neither averaged nor rectified.
///
/// `Σ_k ∂y/∂A_k(i) · A_k(i)`, Shi et al. 2023 (Anal. Chem. 95(26), 9959 to 9966), read from its
/// abstract: Grad-CAM without the average of gradients and without the rectifier. It is HiResCAM
/// before its rectifier, in any number of dimensions. Where a mean over positions follows the layer
/// it equals Grad-CAM before the rectifier; under a flattening and one linear layer the sum over
/// positions is the score without its bias.
enum OneDimensionalGradCAM {
  static let entry = ExplanationMethod(
    id: "1d-grad-cam", title: "1D Grad-CAM",
    summary: "signed gradient times activation at every position; hires-cam without its rectifier",
    source: "Shi et al. 2023, Anal. Chem. 95(26), 9959-9966",
    use:
      "For spectra and series, where what speaks against the class counts as much: "
      + "negative values are kept.",
    kind: .activationMap,
    procedure: .graph { site, _ in
      (site.gradient * site.activation).sum(over: .channels)
    })
}
