import Catalogs
import GraphIR
import GraphRewriting
import Operations
import TensorCore

/// SGLRP: relevance for a class minus relevance for its rivals, each as likely as it is.
///
/// The passes start with `p_c (1 − p_c)` and with `p_c p_n`, the gradient of the class's probability;
/// `ReLU(R − D ΣR / ΣD)`, Iwana et al. 2019 (arXiv 1908.04351). As both vanish where the network is
/// certain, they are divided by `p_c (1 − p_c)` beforehand, which only scales the map.
enum SoftmaxGradientRelevance {
  static let entry = ExplanationMethod(
    id: "sglrp", title: "SGLRP",
    summary: "relevance for the class minus that for its rivals, weighted by their probabilities",
    source: "Iwana et al. 2019, arXiv 1908.04351, and the code released with it",
    use:
      "As clrp, with the rivals weighted by how probable they are: for classes that are "
      + "hard to tell from their neighbors.",
    kind: .anywhere,
    parameters: [Parameter.composite(CompositeCatalog.zPlusBox), Parameter.bias],
    finishing: [.rectified(true), .normalized(false)],
    startsAtRawScores: true,
    procedure: .graph { site, settings in
      guard site.scores.shape[1] > 1 else {
        site.activation.builder.fail(
          GraphError(
            .unsuitableStructure,
            "sglrp sets a class against others, and the network has one score only; lrp explains it"
          ))
        return site.activation.sum(over: .channels)
      }
      let target = site.relevance(settings.relevanceChoice(.probableSupport)).sum(over: .channels)
      let dual = site.relevance(settings.relevanceChoice(.probableRivals)).sum(over: .channels)
      return target - dual.rescaled(to: target)
    })
}
