public import Catalogs
public import GraphRewriting

/// What relevance starts with at the scores, as a user chooses it.
public enum Contrast: String, CaseIterable, Sendable {
  /// For the target and against it, each divided by what of it arrives at the layer.
  case balanced
  /// 1, and −1/(N − 1) at the other classes.
  case plain
  /// 1, and −1/N at the other classes.
  case official
  /// As `plain`, times the score.
  case scaled
  /// The gradient of the probability.
  case sglrp
  /// 1 at the target.
  case oneHot = "one-hot"
  /// The score.
  case logit
  /// The score minus a reference.
  case difference
}

/// What becomes of biases, as a user chooses it.
public enum BiasChoice: String, CaseIterable, Sendable {
  /// What each composite does by default.
  case usual
  /// As `BiasHandling` has it.
  case ignored, positive, once, twice, proportional

  /// The handling; nil for what is usual.
  public var handling: BiasHandling? { BiasHandling(rawValue: rawValue) }
}

extension Parameter<Contrast> {
  /// What relevance starts with at the scores.
  public static var contrast: Parameter {
    Parameter(
      "contrast",
      "relevance against the other classes: balanced divides both passes by what arrives at the "
        + "layer; plain starts with 1 and -1/(N-1), official with 1 and -1/N, scaled with plain "
        + "times the score, sglrp with the gradient of the probability; without contrast: one-hot "
        + "starts with 1, logit with the score, difference with the score minus the reference",
      standard: .balanced)
  }
}

extension Parameter<Double> {
  /// What a difference is taken from.
  public static var reference: Parameter {
    Parameter(
      "reference", "what contrast=difference subtracts from the score, such as a mean of the data",
      standard: 0, .number(-1e30...1e30))
  }
}

extension Parameter<Composite> {
  /// Which rules apply where: on the command line the id of a composite, JSON text of one, or the path
  /// of a file of it.
  public static var composite: Parameter {
    Parameter(
      "composite",
      "which relevance rules apply where; a file holds one of your own, such as "
        + #"{"convolution": {"rule": "gamma", "gamma": 0.5}, "dense": {"rule": "epsilon"}}"#,
      standard: CompositeCatalog.zPlus.composite, CompositeText.domain)
  }

  /// The same with the standard of a method.
  static func composite(_ standard: CompositeEntry) -> Parameter {
    composite.with(standard: standard.composite)
  }
}

extension Parameter<BiasChoice> {
  /// What becomes of biases.
  public static var bias: Parameter {
    Parameter(
      "bias",
      "the relevance of biases: usual is what each composite does by default (z-plus: ignored); "
        + "positive, once and twice let them absorb theirs, proportional gives it to the inputs",
      standard: .usual)
  }
}
