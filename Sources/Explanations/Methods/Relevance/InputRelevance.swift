import GraphIR
import Operations

/// Layer-wise relevance propagation down to the input, summed over channels; signed.
///
/// Bach et al. 2015 (PLoS ONE 10(7), e0130140), with the rules of a composite.
enum InputRelevance {
  static let entry = ExplanationMethod(
    id: "lrp", title: "LRP",
    summary: "relevance of every input value by layer-wise relevance propagation",
    source: "Bach et al. 2015, PLoS ONE 10(7), e0130140",
    kind: .attribution,
    parameters: [
      .composite(default: "epsilon-plus"), .contrast(default: "one-hot"), .bias,
    ]
  ) { site, settings in
    site.relevance(settings).sum(over: .channels)
  }
}
