import Statistics

/// A stretch of an axis where a signed map stands out.
public struct ActiveBand: Hashable, Sendable {
  /// The points of the band.
  public let points: ClosedRange<Int>

  /// The point nearest to the peak.
  public let peakPoint: Int

  /// The position of the first point, in units of the axis.
  public let start: Double

  /// The position of the peak, in units of the axis.
  public let peak: Double

  /// The position of the last point, in units of the axis; less than `start` on a falling axis.
  public let end: Double

  /// The value of the map at its largest magnitude in the band.
  public let peakValue: Double

  /// The sum of the map over the band.
  public let sum: Double

  /// The band's share of the sum of all magnitudes of the map, 0…1.
  public let share: Double

  /// Whether the map speaks for the target here; else against it.
  public var isPositive: Bool { peakValue > 0 }

  /// The lower end of the band, in units of the axis.
  public var lower: Double { min(start, end) }

  /// The upper end of the band, in units of the axis.
  public var upper: Double { max(start, end) }
}

/// Settings for finding the bands of a map: where its magnitude reaches a threshold.
///
/// A band is a run of points of one sign that reach the threshold. Runs of the same sign that are
/// separated by few points of that sign or of zero are one band.
public struct ActiveBands: Codable, Hashable, Sendable {
  /// From which magnitude on a point is active.
  public enum Threshold: Codable, Hashable, Sendable {
    /// A fraction of the largest magnitude, 0…1.
    case fractionOfMaximum(Double)

    /// So high that the active points, the largest first, just hold this share of all magnitude,
    /// above 0 and at most 1.
    case shareOfTotal(Double)

    /// The mean magnitude plus this many standard deviations of the magnitudes.
    case deviationsAboveMean(Double)
  }

  /// From which magnitude on a point is active.
  public var threshold: Threshold

  /// Bands of fewer points are left out; at least one.
  public var minimumPointCount: Int

  /// How many points of the same sign, or zero, below the threshold do not end a band.
  public var bridgedPointCount: Int

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - threshold: From which magnitude on a point is active.
  ///   - minimumPointCount: Bands of fewer points are left out; at least one.
  ///   - bridgedPointCount: How many points below the threshold do not end a band.
  public init(
    threshold: Threshold = .fractionOfMaximum(0.25), minimumPointCount: Int = 1,
    bridgedPointCount: Int = 0
  ) {
    self.threshold = threshold
    self.minimumPointCount = minimumPointCount
    self.bridgedPointCount = bridgedPointCount
  }

  /// Finds the bands of a map.
  ///
  /// - Parameters:
  ///   - map: One signed value per position, finite.
  ///   - positions: The positions of the axis, rising or falling.
  ///   - signal: How the spectra differ that the map is about, one value per point: peaks are sought with
  ///     the width that it has there. Without it a peak is the point of largest magnitude.
  /// - Returns: The bands in the order of the axis; none for a map of zeros.
  /// - Throws: `ChemometricsError` when counts differ, a value is not finite or a setting is out of
  ///   range.
  public func bands(
    of map: [Double], positions: [Double], signal: [Double]? = nil
  ) throws(ChemometricsError) -> [ActiveBand] {
    if let signal, signal.count != map.count || !signal.allSatisfy(\.isFinite) {
      throw ChemometricsError(
        .lengthMismatch,
        "a signal of \(signal.count) points does not fit a map of \(map.count), or is not finite")
    }
    let search = PeakSearch(map: map, signal: signal)
    let magnitudes = map.map { abs($0) }
    let total = magnitudes.reduce(0, +)
    let level = try level(of: map, positions)
    guard total > 0 else { return [] }
    return runs(map) { magnitudes[$0] >= level && magnitudes[$0] > 0 }
      .filter { $0.count >= minimumPointCount }
      .map { points in
        let largest = points.max { magnitudes[$0] < magnitudes[$1] } ?? points.lowerBound
        let peak = search.peak(in: points, sign: map[largest] > 0 ? 1 : -1)
        return ActiveBand(
          points: points, peakPoint: Int(peak.rounded()), start: positions[points.lowerBound],
          peak: Self.position(peak, positions), end: positions[points.upperBound],
          peakValue: map[largest],
          sum: points.reduce(0) { $0 + map[$1] },
          share: points.reduce(0) { $0 + magnitudes[$1] } / total)
      }
  }

  /// The position of a number of points, which may lie between two.
  private static func position(_ point: Double, _ positions: [Double]) -> Double {
    let lower = Int(point)
    guard lower + 1 < positions.count else { return positions[lower] }
    return positions[lower] + (point - Double(lower)) * (positions[lower + 1] - positions[lower])
  }

  /// For every point whether its magnitude reaches the threshold.
  ///
  /// - Parameter map: One signed value per point, finite.
  /// - Returns: One answer per point.
  /// - Throws: `ChemometricsError` when a value is not finite or a setting is out of range.
  public func activePoints(of map: [Double]) throws(ChemometricsError) -> [Bool] {
    let level = try level(of: map, map)
    return map.map { abs($0) >= level && $0 != 0 }
  }

  private func level(
    of map: [Double], _ positions: [Double]
  ) throws(ChemometricsError) -> Double {
    guard map.count == positions.count else {
      throw ChemometricsError(
        .lengthMismatch, "a map of \(map.count) points does not fit \(positions.count) positions")
    }
    if let point = map.firstIndex(where: { !$0.isFinite }) {
      throw ChemometricsError(.notFinite, "the map is \(map[point]) at point \(point)")
    }
    guard minimumPointCount >= 1, bridgedPointCount >= 0 else {
      throw ChemometricsError(
        .invalidSettings, "a band needs at least 1 point and bridges 0 points or more")
    }
    let magnitudes = map.map { abs($0) }
    switch threshold {
    case .fractionOfMaximum(let fraction):
      try Self.check(fraction, in: 0...1)
      return fraction * (magnitudes.max() ?? 0)
    case .shareOfTotal(let share):
      try Self.check(share, in: Double.leastNormalMagnitude...1)
      return Self.level(holding: share, magnitudes)
    case .deviationsAboveMean(let count):
      try Self.check(count, in: -100...100)
      let deviation =
        (magnitudes.sampleVariance * Double(magnitudes.count - 1)
        / Double(max(1, magnitudes.count))).squareRoot()
      return magnitudes.mean + count * deviation
    }
  }

  private static func level(holding share: Double, _ magnitudes: [Double]) -> Double {
    let goal = share * magnitudes.reduce(0, +)
    var sum = 0.0
    for magnitude in magnitudes.sorted(by: >) {
      sum += magnitude
      // Sums in another order differ by rounding.
      if sum >= goal * (1 - 1e-12) { return magnitude }
    }
    return 0
  }

  private static func check(
    _ value: Double, in range: ClosedRange<Double>
  ) throws(ChemometricsError) {
    guard range.contains(value) else {
      throw ChemometricsError(
        .invalidSettings,
        "a threshold of \(value) is outside \(range.lowerBound)…"
          + "\(range.upperBound)")
    }
  }

  /// Runs of active points of one sign, bridged.
  private func runs(_ map: [Double], _ isActive: (Int) -> Bool) -> [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    for point in map.indices where isActive(point) {
      if let last = runs.last, point - last.upperBound - 1 <= bridgedPointCount,
        (last.upperBound + 1..<point).allSatisfy({ map[$0] * map[point] >= 0 }),
        map[last.upperBound] * map[point] > 0
      {
        runs[runs.count - 1] = last.lowerBound...point
      } else {
        runs.append(point...point)
      }
    }
    return runs
  }
}
