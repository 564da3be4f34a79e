import GraphIR
import GraphRewriting
import Operations

/// Gradients of which only positive ones pass rectifiers, and only those that are open.
///
/// Springenberg et al. 2015 (arXiv 1412.6806), section 3.4.
enum GuidedBackpropagation {
  static let entry = ExplanationMethod(
    id: "guided-backpropagation", title: "Guided backpropagation",
    summary: "gradients of which only positive ones pass rectifiers, where these are open",
    source: "Springenberg et al. 2015, arXiv 1412.6806, section 3.4",
    use:
      "To see which edges of the input the units of a network answer to. It fails sanity checks: it hardly "
      + "depends on the upper layers nor on the class (Adebayo et al. 2018, arXiv 1810.03292), so it "
      + "says little about a decision. Only for networks with rectifiers.",
    kind: .attribution,
    parameters: [InputGradient.channels], changesRectifiers: true,
    procedure: .graph { site, settings in
      InputGradient.joined(site.inputGradient(by: GuidedRule()), settings)
    })
}
