import GraphIR
import GraphRewriting
import Operations

/// Guided backpropagation at the input where Grad-CAM at a layer is positive.
///
/// The product of both, with Grad-CAM brought to the positions of the input; Selvaraju et al. 2017
/// (arXiv 1610.02391), section 3.2.
enum GuidedGradCAM {
  static let entry = ExplanationMethod(
    id: "guided-grad-cam", title: "Guided Grad-CAM",
    summary: "guided backpropagation at the input times rectified Grad-CAM at a layer",
    source: "Selvaraju et al. 2017, arXiv 1610.02391, section 3.2",
    use:
      "For fine detail inside of what grad-cam marks. The detail is that of guided-backpropagation, which "
      + "fails sanity checks (Adebayo et al. 2018, arXiv 1810.03292): what tells classes apart is "
      + "grad-cam's. Only for networks with rectifiers.",
    kind: .activationMap,
    parameters: [InputGradient.channels], liesOnInput: true, changesRectifiers: true,
    procedure: .graph { site, settings in
      let weights = site.gradient.mean(over: .positions)
      let map = (weights * site.activation).sum(over: .channels).rectified
      let guided = site.inputGradient(by: GuidedRule())
      return InputGradient.joined(guided * site.atInput(map), settings)
    })
}
