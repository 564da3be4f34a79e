import Catalogs
import GraphIR
import GraphRewriting
import Operations

/// Layer-wise relevance propagation, at the input or at layers, summed over channels; signed.
///
/// Bach et al. 2015 (PLoS ONE 10(7), e0130140), with the rules of a composite.
enum LayerwiseRelevance {
  static let entry = ExplanationMethod(
    id: "lrp", title: "LRP",
    summary: "relevance by layer-wise propagation, of the input or of the layers that are named",
    source: "Bach et al. 2015, PLoS ONE 10(7), e0130140",
    use:
      "To divide the score itself among the inputs, or among the positions of a layer. "
      + "Does not contrast classes unless contrast says so; --ledger tells where relevance "
      + "went.",
    kind: .anywhere,
    parameters: [
      Parameter.composite(CompositeCatalog.epsilonPlus),
      Parameter.contrast.with(standard: .oneHot),
      Parameter.reference, Parameter.bias, Parameter.through,
    ],
    startsAtRawScores: true,
    procedure: .graph { site, settings in
      site.relevance(settings).sum(over: .channels)
    })
}
