import GraphIR
import GraphRewriting
import Operations

/// What a deconvolutional network makes of the score: gradients that are themselves rectified at
/// every rectifier.
///
/// Zeiler and Fergus 2014 (arXiv 1311.2901), section 2.1, for a score in place of a unit, as in
/// Springenberg et al. 2015 (arXiv 1412.6806), section 3.4.
enum Deconvnet {
  static let entry = ExplanationMethod(
    id: "deconvnet", title: "Deconvnet",
    summary: "gradients of which only positive ones pass rectifiers, whatever the input was",
    source: "Zeiler and Fergus 2014, arXiv 1311.2901, section 2.1",
    use:
      "To compare with. Shows edges of the input and hardly depends on the upper layers nor on the "
      + "class (Adebayo et al. 2018, arXiv 1810.03292; Nie et al. 2018, arXiv 1805.07039), so it "
      + "says little about a decision. Only for networks with rectifiers.",
    kind: .attribution,
    parameters: [InputGradient.channels], changesRectifiers: true,
    procedure: .graph { site, settings in
      InputGradient.joined(site.inputGradient(by: DeconvolutionRule()), settings)
    })
}
