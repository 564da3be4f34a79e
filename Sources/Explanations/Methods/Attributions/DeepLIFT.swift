import Catalogs
import GraphIR
import Operations

/// The difference of the scores of an input and a baseline, divided by multipliers in place of
/// gradients: one pass forth for each, and one back.
///
/// Shrikumar, Greenside and Kundaje 2017 (arXiv 1704.02685), the rescale rule, section 3.5.1.
enum DeepLIFT {
  static let entry = ExplanationMethod(
    id: "deep-lift", title: "DeepLIFT",
    summary: "multipliers in place of gradients, from a baseline; adds up to the difference",
    source: "Shrikumar et al. 2017, arXiv 1704.02685, section 3.5.1 (rescale)",
    use:
      "As integrated gradients, in one pass: for long runs and for exported explanations. Adds up to "
      + "the difference of the scores but for networks with attention or recurrence.",
    kind: .attribution,
    parameters: [Parameter.inputBaseline],
    startsAtRawScores: true,
    procedure: .graph { site, settings in
      let baseline = site.baseline(settings)
      return (site.multipliers(from: baseline) * (site.input - baseline)).sum(over: .channels)
    })
}
