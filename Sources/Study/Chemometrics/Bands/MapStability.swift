import Statistics
import TensorCore

/// How much maps of the same question agree over many splits.
public struct MapStability: Hashable, Sendable {
  /// The mean map.
  public let mean: [Double]

  /// The standard deviation of every point over the maps.
  public let standardDeviation: [Double]

  /// For every point the share of maps in which it is active, 0…1.
  public let activeFrequency: [Double]

  /// The mean correlation of all pairs of maps, −1…1; nil when fewer than two maps vary.
  public let meanCorrelation: Double?

  /// The mean overlap of the active points of all pairs of maps, 0…1: points active in both over
  /// points active in either (Jaccard index); nil for fewer than two maps with active points.
  public let meanOverlap: Double?

  /// Compares maps.
  ///
  /// - Parameters:
  ///   - maps: One map per split, all of the same length, finite; at least one.
  ///   - activeBands: From which magnitude on a point is active.
  /// - Throws: `ChemometricsError` when the maps do not go together.
  public init(
    maps: [[Double]], activeBands: ActiveBands = ActiveBands()
  ) throws(ChemometricsError) {
    _ = try Matrix<Double>(rows: maps)
    let count = Double(maps.count)
    let moments = ColumnMoments(maps)
    mean = moments.mean
    standardDeviation = moments.sampleDeviation
    var active: [[Bool]] = []
    for map in maps { active.append(try activeBands.activePoints(of: map)) }
    activeFrequency = mean.indices.map { point in Double(active.count { $0[point] }) / count }
    meanCorrelation = Correlation.meanOfPairs(maps)
    meanOverlap = Self.meanOverlap(active)
  }

  private static func meanOverlap(_ active: [[Bool]]) -> Double? {
    let active = active.filter { $0.contains(true) }
    guard active.count >= 2 else { return nil }
    var (sum, count) = (0.0, 0.0)
    for first in active.indices {
      for second in active[..<first] {
        var (both, either) = (0, 0)
        for point in second.indices {
          if active[first][point] && second[point] { both += 1 }
          if active[first][point] || second[point] { either += 1 }
        }
        sum += Double(both) / Double(either)
        count += 1
      }
    }
    return sum / count
  }
}
