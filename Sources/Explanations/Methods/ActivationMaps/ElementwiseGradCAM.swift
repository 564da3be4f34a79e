import GraphIR
import Operations

/// Element-wise Grad-CAM: gradient times activation, rectified before channels are summed.
///
/// `Σ_k ReLU(∂y/∂A_k(i) · A_k(i))`, as PyTorch's CAM library offers it.
enum ElementwiseGradCAM {
  static let entry = ExplanationMethod(
    id: "grad-cam-elementwise", title: "Grad-CAM, element-wise",
    summary: "gradient times activation, rectified in every channel and then summed",
    source: "pytorch-grad-cam, GradCAMElementWise",
    use:
      "To compare with other libraries that have it. As hires-cam, but negative "
      + "contributions of a channel cannot cancel positive ones.",
    kind: .activationMap,
    procedure: .graph { site, _ in
      (site.gradient * site.activation).rectified.sum(over: .channels)
    })
}
