import Catalogs

extension Parameter<Int> {
  /// How many changed inputs there are.
  static func sampleCount(_ standard: Int, _ summary: String) -> Parameter {
    Parameter("samples", summary, standard: standard, .whole(1...10_000))
  }

  /// Where random numbers start.
  static var randomSeed: Parameter {
    Parameter(
      "seed",
      "where random numbers start; those of an input depend on this and on its own numbers only",
      standard: 0, .whole(0...Int.max))
  }
}

extension Parameter<Double> {
  /// The standard deviation of noise.
  static func noise(_ standard: Double) -> Parameter {
    Parameter(
      "noise",
      "standard deviation of the noise, in per cent of the range of the input's numbers (from its "
        + "least to its largest)",
      standard: standard, .number(0...1000))
  }
}

extension ChosenMethod {
  /// The same with random numbers from a seed, unless it has another one than the standard.
  ///
  /// - Parameter seed: Where they start.
  /// - Returns: The method; the same where it draws no numbers.
  package func drawing(from seed: UInt64) -> ChosenMethod {
    let parameter = Parameter<Int>.randomSeed
    guard settings.contains(parameter), settings[parameter] == parameter.standard else {
      return self
    }
    var method = self
    method.settings[parameter] = Int(clamping: seed)
    return method
  }
}

extension InputChanges {
  /// Noise as the settings `samples`, `noise` and `seed` say.
  static func noise(_ settings: Settings, _ count: Parameter<Int>) -> InputChanges {
    InputChanges(
      .noise(share: settings[Parameter.noise(0)] / 100), count: settings[count],
      seed: UInt64(settings[Parameter.randomSeed]))
  }
}
