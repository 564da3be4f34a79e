import Catalogs
import GraphIR
import Operations
import TensorCore

extension Settings {
  /// The relevance of `composite` and `bias` that starts with an output.
  func relevanceChoice(_ output: OutputRelevance) -> RelevanceChoice {
    RelevanceChoice(composite: self[.composite], bias: self[.bias].handling, output: output)
  }
}

extension MethodSite {
  /// The relevance that a method's settings `contrast`, `composite` and `bias` ask for.
  ///
  /// Balanced contrast divides the relevance for the target and the relevance against it, each by
  /// what of it arrives at the layer, so that layers which lose more of one do not tip the scales;
  /// where less than 1e-4 of a unit arrives, the contrast is plain.
  func relevance(_ settings: Settings) -> Value {
    let relevance = { self.relevance(settings.relevanceChoice($0)) }
    switch settings[.contrast] {
    case .balanced: return balanced(relevance(.supporting), relevance(.opposing))
    case .plain: return relevance(.contrast)
    case .official: return relevance(.releasedContrast)
    case .scaled: return relevance(.scaledContrast)
    case .sglrp: return relevance(.probabilityGradient)
    case .oneHot: return relevance(.target)
    case .logit: return relevance(.score)
    case .difference:
      // A method without a reference starts with the score itself.
      let reference = settings.contains(Parameter.reference) ? settings[.reference] : 0
      return relevance(.difference(from: Float(reference)))
    }
  }

  private func balanced(_ supporting: Value, _ opposing: Value) -> Value {
    let axes = AxisSelection.axes(Array(1..<supporting.shape.rank))
    let (gained, lost) = (supporting.sum(over: axes), opposing.sum(over: axes))
    let isSafe = gained.isGreater(than: 1e-4) * lost.isGreater(than: 1e-4)
    let one = supporting.builder.constant(1)
    return supporting / isSafe.choosing(gained, else: one)
      - opposing / isSafe.choosing(lost, else: one)
  }
}
