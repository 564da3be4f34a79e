package import Catalogs

/// The kinds of `InputFill`, as a user chooses them.
enum FillChoice: String, CaseIterable { case blur, line, zero }

/// What is subtracted from scores.
enum ScoreBaseline: String, CaseIterable {
  /// The score of an input that is all fill.
  case fill
  /// Nothing.
  case none
}

extension Parameter<Int> {
  /// How many channels are scored; 0 is written for all, which is `.max`.
  static func channelCount(_ standard: Int, rankedBy ranking: String) -> Parameter {
    let counts = Domain.whole(0...1_000_000)
    return Parameter(
      "channels", "how many channels are scored, those with the largest \(ranking); 0 for all",
      standard: standard,
      Domain(
        counts.phrase, bounds: counts.bounds,
        read: { text throws(SettingsError) in try counts.value(text).map { $0 == 0 ? .max : $0 } },
        write: { $0 == .max ? "0" : counts.text($0) }))
  }
}

extension Parameter<FillChoice> {
  /// What a mask hides the input behind.
  static var fill: Parameter {
    Parameter(
      "fill",
      "what stands where a mask hides the input: the input blurred, a straight line between the "
        + "ends of every axis (a spectrum's base line), or zero in the network's own numbers",
      standard: .blur)
  }
}

extension Parameter<InputLength> {
  /// The width of the blur.
  package static var blur: Parameter {
    Parameter(
      "blur", "standard deviation of the Gaussian that blurs the input", standard: .percent(7),
      Domain(
        "a share of the side such as 7%, or a length in pixels or units of the axis",
        read: { InputLength($0) }, write: \.text))
  }
}

extension Parameter<ScoreForm> {
  /// Which form of the score weighs channels.
  static var score: Parameter {
    Parameter(
      "score",
      "the score that masked inputs get; without a probability of the network's own, that is the "
        + "softmax of raw scores, as published (of a single raw score the score itself)",
      standard: .probability)
  }
}

extension Parameter<ScoreBaseline> {
  /// Whether the score of a fully hidden input counts.
  static var baseline: Parameter {
    Parameter(
      "baseline",
      "what is subtracted from scores: that of an input which is all fill, or nothing",
      standard: .fill)
  }
}

extension Settings {
  /// What `fill` and `blur` say.
  var inputFill: InputFill {
    switch self[.fill] {
    case .blur: .blur(self[.blur])
    case .line: .line
    case .zero: .zero
    }
  }
}
