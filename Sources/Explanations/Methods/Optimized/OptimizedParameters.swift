import Catalogs

extension Parameter<Int> {
  /// How many steps are taken.
  ///
  /// - Parameters:
  ///   - standard: How many unless told otherwise.
  ///   - published: How many the paper takes, where that was read.
  /// - Returns: The parameter.
  static func stepCount(_ standard: Int, published: Int? = nil) -> Parameter {
    Parameter(
      "steps",
      "how many steps the mask is sought in" + (published.map { "; published are \($0)" } ?? ""),
      standard: standard, .whole(1...100_000))
  }
}

extension Parameter<Double> {
  /// The length of a step.
  static func rate(_ standard: Double) -> Parameter {
    Parameter(
      "rate", "the length of the first steps, in numbers of the mask", standard: standard,
      .number(1e-6...100))
  }

  /// What the mean size of a mask costs.
  static func areaCost(_ standard: Double, _ summary: String) -> Parameter {
    Parameter("area", summary, standard: standard, .number(0...1e6))
  }

  /// What differences of neighboring cells cost.
  static func variationCost(_ standard: Double, _ summary: String) -> Parameter {
    Parameter("variation", summary, standard: standard, .number(0...1e6))
  }
}

extension Parameter<ScoreUnit> {
  /// What a difference of 1 of the score is.
  static var unit: Parameter {
    Parameter(
      "unit",
      "in which unit the score counts beside what masks cost: the difference between the scores of the input "
        + "and of what stands for it, or the score as it is, as published (none)",
      standard: .difference)
  }
}

extension MaskSite {
  /// How many cells the grid of a mask has along each axis; no more than positions.
  ///
  /// A volume has a quarter of those of a picture along each side.
  ///
  /// - Parameters:
  ///   - wanted: How many there are to be; 0 leaves it to the numbers that follow.
  ///   - picture: How many a picture has along each side.
  ///   - spectrum: How many an input with one axis has.
  /// - Returns: The extents of the grid.
  func grid(_ wanted: Int, picture: Int, spectrum: Int) -> [Int] {
    let axes = positions.count { $0 > 1 }
    let standard = axes > 2 ? picture / 4 : axes > 1 ? picture : spectrum
    let side = wanted > 0 ? wanted : standard
    return positions.map { min(side, $0) }
  }
}
