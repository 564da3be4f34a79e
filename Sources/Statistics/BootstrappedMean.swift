/// A mean over independent units, and how sure it is, by drawing units again.
///
/// The interval is the bias-corrected and accelerated one of B. Efron, Journal of the American
/// Statistical Association 82 (1987) 171–185. Its normal quantiles are replaced by Student's, times
/// `√(n/(n − 1))`, as T. C. Hesterberg, The American Statistician 69 (2015) 371–386, widens percentile
/// intervals: draws of few units spread too little.
package struct BootstrappedMean: Hashable, Sendable {
  /// What is averaged.
  package struct Sample: Hashable, Sendable {
    /// One value for each row.
    package var values: [Double]

    /// The unit of each row, such as a picture of several boxes; nil where every row is a unit.
    ///
    /// Rows of one unit are drawn together.
    package var units: [Int]?

    /// The class of each row, where each class counts alike; nil for the plain mean.
    ///
    /// Units are drawn within their class.
    package var classes: [Int]?

    package init(_ values: [Double], units: [Int]? = nil, classes: [Int]? = nil) {
      self.values = values
      self.units = units
      self.classes = classes
    }
  }

  /// The mean.
  package let mean: Double

  /// The standard deviation of the means of the draws.
  package let standardError: Double

  /// The confidence interval; nil for fewer than two units.
  package let interval: ConfidenceInterval?

  /// How many units there are.
  package let unitCount: Int

  /// The share of draws whose mean is below the mean, those that equal it counted half.
  package let shareBelow: Double

  /// How fast the standard error changes with the mean.
  package let acceleration: Double

  /// Draws units again.
  ///
  /// - Parameters:
  ///   - sample: At least one value; units and classes, if any, are as many, and no unit has rows of
  ///     two classes.
  ///   - drawCount: How often.
  ///   - level: The confidence level, between 0 and 1.
  ///   - generator: Where random draws come from.
  package init(
    _ sample: Sample, drawCount: Int = 2000, level: Double = 0.95,
    using generator: inout some RandomNumberGenerator
  ) {
    let strata = UnitStratum.all(sample)
    self.init(
      strata, draws: (0..<drawCount).map { _ in strata.mean { $0.drawn(using: &generator) } },
      level: level)
  }

  /// Judges given draws, such as all that there are.
  init(_ strata: [UnitStratum], draws: [Double], level: Double) {
    let mean = strata.mean(\.total)
    let draws = draws.sorted()
    let tolerance = 1e-12 * (abs(mean) + (draws.last ?? 0) - (draws.first ?? 0))
    let below = draws.count { $0 < mean - tolerance }
    let equal = draws.count { abs($0 - mean) <= tolerance }
    self.mean = mean
    unitCount = strata.reduce(0) { $0 + $1.units.count }
    shareBelow = (Double(below) + Double(equal) / 2) / Double(draws.count)
    acceleration = strata.acceleration
    let average = draws.mean
    standardError = (draws.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(draws.count))
      .squareRoot()
    let freedom = Double(unitCount - strata.count)
    guard freedom > 0 else {
      interval = nil
      return
    }
    let reach =
      StudentDistribution.criticalValue(level: level, freedom: freedom)
      * (1 + 1 / freedom).squareRoot()
    let least = 1 / Double(2 * draws.count)
    let bias = NormalDistribution.quantile(min(max(shareBelow, least), 1 - least))
    let ends = [-reach, reach].map { [acceleration] side in
      let moved = bias + side
      // Past the pole of the acceleration lies the end of the draws.
      let slowed = max(1 - acceleration * moved, 1e-9)
      return draws.quantile(NormalDistribution.probability(below: bias + moved / slowed))
    }
    interval = ConfidenceInterval(lower: ends[0], upper: ends[1])
  }
}

/// The units of one class.
struct UnitStratum {
  /// Rows of one unit: their sum and number.
  struct Unit {
    var sum = 0.0
    var count = 0.0
  }

  /// At least one.
  let units: [Unit]

  /// All rows together.
  var total: Unit { Self.joined(units) }

  /// As many units, each drawn at random from all.
  func drawn(using generator: inout some RandomNumberGenerator) -> Unit {
    var total = Unit()
    for _ in units.indices {
      let unit = units[Int.random(in: units.indices, using: &generator)]
      total.sum += unit.sum
      total.count += unit.count
    }
    return total
  }

  static func joined(_ units: [Unit]) -> Unit {
    units.reduce(into: Unit()) {
      $0.sum += $1.sum
      $0.count += $1.count
    }
  }

  /// One stratum, or one for each class.
  static func all(_ sample: BootstrappedMean.Sample) -> [UnitStratum] {
    var units: [Int: [Int: Unit]] = [:]
    for (row, value) in sample.values.enumerated() {
      let (unit, stratum) = (sample.units?[row] ?? row, sample.classes?[row] ?? 0)
      units[stratum, default: [:]][unit, default: Unit()].sum += value
      units[stratum, default: [:]][unit, default: Unit()].count += 1
    }
    // In the order of their numbers, so that equal seeds give equal draws.
    return units.sorted { $0.key < $1.key }.map { stratum in
      UnitStratum(units: stratum.value.sorted { $0.key < $1.key }.map(\.value))
    }
  }
}

extension [UnitStratum] {
  /// The mean of the strata's means, each of some of its units.
  func mean(_ part: (UnitStratum) -> UnitStratum.Unit) -> Double {
    reduce(0) {
      let unit = part($1)
      return $0 + unit.sum / unit.count
    } / Double(count)
  }

  /// `Σ u³ / (6 (Σ u²)^1.5)` of how the mean falls as each unit is left out.
  var acceleration: Double {
    var (cubes, squares) = (0.0, 0.0)
    for stratum in self where stratum.units.count > 1 {
      let total = stratum.total
      let means = stratum.units.map { (total.sum - $0.sum) / (total.count - $0.count) }
      let center = means.mean
      for mean in means {
        let change = (center - mean) / Double(count)
        squares += change * change
        cubes += change * change * change
      }
    }
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }
}
