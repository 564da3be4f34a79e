import Catalogs

extension Parameter<Int> {
  /// Where random numbers start.
  static var randomSeed: Parameter {
    Parameter(
      "seed",
      "where random numbers start; those of an input depend on this and on its own numbers only",
      standard: 0, .whole(0...Int.max))
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
