import GraphIR
import GraphRewriting
import Operations
import TensorCore

extension MethodParameter {
  /// What relevance starts with at the scores.
  static func contrast(default standard: String) -> MethodParameter {
    let values = [
      "balanced", "plain", "official", "scaled", "sglrp", "one-hot", "logit", "difference",
    ]
    return MethodParameter(
      "contrast",
      "relevance against the other classes: balanced divides both passes by what arrives at the "
        + "layer; plain starts with 1 and -1/(N-1), official with 1 and -1/N, scaled with plain "
        + "times the score, sglrp with the gradient of the probability; without contrast: one-hot "
        + "starts with 1, logit with the score, difference with the score minus the reference",
      values: [standard] + values.filter { $0 != standard })
  }

  /// What a difference is taken from.
  static let reference = MethodParameter(
    "reference", "what contrast=difference subtracts from the score, such as a mean of the data",
    standard: "0", .number(-1e30...1e30))

  /// Which rules apply where.
  static func composite(default standard: String) -> MethodParameter {
    MethodParameter(
      "composite",
      "which relevance rules apply where; a file holds one of your own, such as "
        + #"{"convolution": {"rule": "gamma", "gamma": 0.5}, "dense": {"rule": "epsilon"}}"#,
      standard: standard, .composite)
  }

  /// What becomes of biases.
  static let bias = MethodParameter(
    "bias",
    "the relevance of biases: usual is what each composite does by default (z-plus: ignored); "
      + "positive, once and twice let them absorb theirs, proportional gives it to the inputs",
    values: ["usual"] + BiasHandling.allCases.map(\.rawValue))
}

extension MethodSettings {
  /// The relevance of `composite` and `bias` that starts with an output.
  func relevanceChoice(_ output: OutputRelevance) -> RelevanceChoice {
    RelevanceChoice(
      composite: self["composite"], bias: BiasHandling(rawValue: self["bias"]), output: output)
  }
}

extension MethodSite {
  /// The relevance that a method's settings `contrast`, `composite` and `bias` ask for.
  ///
  /// Balanced contrast divides the relevance for the target and the relevance against it, each by
  /// what of it arrives at the layer, so that layers which lose more of one do not tip the scales;
  /// where less than 1e-4 of a unit arrives, the contrast is plain.
  func relevance(_ settings: MethodSettings) -> Value {
    let choice = { settings.relevanceChoice($0) }
    switch settings["contrast"] {
    case "plain": return relevance(choice(.contrast))
    case "official": return relevance(choice(.releasedContrast))
    case "scaled": return relevance(choice(.scaledContrast))
    case "sglrp": return relevance(choice(.probabilityGradient))
    case "logit": return relevance(choice(.score))
    case "difference":
      return relevance(choice(.difference(from: Float(settings.number("reference")))))
    case "balanced":
      return balanced(relevance(choice(.supporting)), relevance(choice(.opposing)))
    default: return relevance(choice(.target))
    }
  }

  private func balanced(_ supporting: Value, _ opposing: Value) -> Value {
    let axes = AxisSelection.axes(Array(1..<supporting.shape.rank))
    let (gained, lost) = (supporting.sum(over: axes), opposing.sum(over: axes))
    let isSafe = gained.isGreater(than: 1e-4) * lost.isGreater(than: 1e-4)
    let one = supporting.builder.constant(1)
    return supporting / isSafe.select(gained, one) - opposing / isSafe.select(lost, one)
  }
}
