import Catalogs
import GraphIR
import Operations
import TensorCore

extension Settings {
  /// What relevance must pass to count; anything for methods that cannot be told.
  var route: RelevanceRoute { contains(Parameter.through) ? self[.through] : .anywhere }

  /// The relevance of `composite`, `bias` and `through` that starts with an output.
  func relevanceChoice(_ output: OutputRelevance) -> RelevanceChoice {
    RelevanceChoice(
      composite: self[.composite], bias: self[.bias].handling, output: output, route: route)
  }
}

extension MethodSite {
  /// The relevance that a method's settings `contrast`, `composite` and `bias` ask for.
  ///
  /// Balanced contrast divides the relevance for the target and the relevance against it, each by
  /// what of it arrives at the layer, so that layers which lose more of one do not tip the scales;
  /// where less than 1e-4 of a unit arrives, the contrast is plain. Relevance through some channels is
  /// divided by what arrives through all, so that maps of channels add up to the whole.
  func relevance(_ settings: Settings) -> Value {
    let relevance = { self.relevance(settings.relevanceChoice($0)) }
    switch settings[.contrast] {
    case .balanced:
      let whole = { (output: OutputRelevance) in
        var choice = settings.relevanceChoice(output)
        choice.route = .anywhere
        return self.relevance(choice)
      }
      return relevance(.supporting).divided(by: whole(.supporting), whole(.opposing))
        - relevance(.opposing).divided(by: whole(.opposing), whole(.supporting))
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
}

extension Value {
  /// Relevance per unit of what arrives for the target or against it, where both arrive.
  fileprivate func divided(by own: Value, _ other: Value) -> Value {
    let axes = AxisSelection.axes(Array(1..<shape.rank))
    let (arrived, beside) = (own.sum(over: axes), other.sum(over: axes))
    let isSafe = arrived.isGreater(than: 1e-4) * beside.isGreater(than: 1e-4)
    return self / isSafe.choosing(arrived, else: builder.constant(1))
  }
}
