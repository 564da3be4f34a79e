import Catalogs
import GraphIR
import GraphRewriting
import Operations
import TensorCore

/// CLRP: relevance for a class minus relevance for a dual of it, where the difference is positive.
///
/// Two passes, each summed over channels, meet at the end; `R` and `D` below. Gu et al. 2018 (arXiv
/// 1812.02100).
/// - `clrp1`: the dual starts with the magnitudes of the other scores; `ReLU(R / ΣR − D / ΣD)`, as the
///   released code has it.
/// - `clrp2`: the dual starts with the class and passes the last layer by its negated weights; the same
///   difference. Needs no other class.
/// - `uniform`: the dual starts with the score in equal parts over the other classes; `ReLU(R − D)`, as
///   the paper has CLRP1.
/// - `rescaled`: the same with `D` brought to the sum of `R`, as the released SGLRP code has CLRP.
enum ContrastiveRelevance {
  enum Variant: String, CaseIterable { case clrp1, clrp2, uniform, rescaled }

  static let variant = Parameter(
    "variant",
    "the dual: clrp1 starts with the other scores, clrp2 with negated weights in the last layer "
      + "(both divided by their sums); uniform with the score spread over the other classes; "
      + "rescaled as uniform, but brought to the sum of the relevance for the class",
    standard: Variant.clrp1)

  static let entry = ExplanationMethod(
    id: "clrp", title: "CLRP",
    summary: "relevance for the class minus that of a dual, normalized apart and then clipped",
    source: "Gu et al. 2018, arXiv 1812.02100, and the code released with it",
    use:
      "To tell two classes apart by relevance of the input: what the rivals share is "
      + "subtracted.",
    kind: .anywhere,
    parameters: [variant, Parameter.composite(CompositeCatalog.zPlusBox), Parameter.bias],
    finishing: [.rectified(true), .normalized(true)],
    startsAtRawScores: true,
    procedure: .graph { site, settings in
      let variant = settings[variant]
      guard site.scores.shape[1] > 1 || variant == .clrp2 else {
        site.activation.builder.fail(
          GraphError(
            .unsuitableStructure,
            "clrp with variant \(variant.rawValue) sets a class against others, and the network has one score "
              + "only; clrp2 needs no other (--set variant=clrp2)"))
        return site.activation.sum(over: .channels)
      }
      let pair = passes(site, settings)
      return switch variant {
      case .clrp1, .clrp2: pair.target.dividedBySum - pair.dual.dividedBySum
      case .uniform: (pair.target - pair.dual) * site.score
      case .rescaled: (pair.target - pair.dual.rescaled(to: pair.target)) * site.score
      }
    })

  /// Both start with units: a factor per sample passes relevance unchanged.
  private static func passes(
    _ site: MethodSite, _ settings: Settings
  ) -> (target: Value, dual: Value) {
    var dual = settings.relevanceChoice(.opposing)
    switch settings[variant] {
    case .clrp1: dual.output = .rivalMagnitudes
    case .clrp2:
      dual.output = .supporting
      dual.negatesLastLayer = true
    case .uniform, .rescaled: break
    }
    return (
      site.relevance(settings.relevanceChoice(.supporting)).sum(over: .channels),
      site.relevance(dual).sum(over: .channels)
    )
  }
}

extension MethodSite {
  /// The explained raw score of each sample, to multiply maps with.
  fileprivate var score: Value {
    let ones = activation.shape.extents.dropFirst().map { _ in 1 }
    return (scores * weights).sum(over: .axes([1])).reshaped(to: Shape([scores.shape[0]] + ones))
  }
}
