import Catalogs

extension Parameter<Int> {
  /// How many changed inputs there are.
  static func sampleCount(_ standard: Int, _ summary: String) -> Parameter {
    Parameter("samples", summary, standard: standard, .whole(1...10_000))
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

extension InputChanges {
  /// Noise as the settings `samples`, `noise` and `seed` say.
  static func noise(_ settings: Settings, _ count: Parameter<Int>) -> InputChanges {
    InputChanges(
      .noise(share: settings[Parameter.noise(0)] / 100), count: settings[count],
      seed: UInt64(settings[Parameter.randomSeed]))
  }
}
