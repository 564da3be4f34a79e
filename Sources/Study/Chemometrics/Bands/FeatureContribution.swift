package import Statistics

/// Parts of an axis that share out a map between them.
///
/// Candidate definitions of the *feature contribution* of G.-Y. Shi et al., Analytical Chemistry 95
/// (2023) 9959–9966, whose exact definition was not available.
package struct FeatureContribution: Hashable, Sendable {
  /// The points of every band.
  package let bands: [ClosedRange<Int>]

  /// How many points the maps have.
  package let pointCount: Int

  /// Divides an axis.
  ///
  /// - Parameters:
  ///   - bands: The points of every band; bands must not overlap.
  ///   - pointCount: How many points the maps have.
  /// - Throws: `ChemometricsError` when a band leaves the axis or overlaps another.
  package init(bands: [ClosedRange<Int>], pointCount: Int) throws(ChemometricsError) {
    var isTaken = [Bool](repeating: false, count: max(0, pointCount))
    for (index, band) in bands.enumerated() {
      guard band.lowerBound >= 0, band.upperBound < pointCount else {
        throw ChemometricsError(
          .lengthMismatch,
          "band \(index) (points \(band.lowerBound)…\(band.upperBound)) leaves the \(pointCount) "
            + "points of the map")
      }
      for point in band {
        guard !isTaken[point] else {
          throw ChemometricsError(
            .invalidSettings,
            "band \(index) overlaps an earlier one at point \(point); make them one band")
        }
        isTaken[point] = true
      }
    }
    self.bands = bands
    self.pointCount = pointCount
  }

  /// The contribution of every band, `C_B = Σ_{i∈B} L_i`, then that of all points outside bands.
  ///
  /// They add up to the sum of the map, which is the output less a constant where the map is
  /// complete (gradient times activation under a flattening linear head, or PLS-LDA).
  ///
  /// - Parameter map: One signed value per point, finite.
  /// - Returns: One value per band, and one more for the rest.
  /// - Throws: `ChemometricsError` when the map has another number of points or is not finite.
  package func contributions(of map: [Double]) throws(ChemometricsError) -> [Double] {
    try check(map)
    return parts.map { points in points.reduce(0) { $0 + map[$1] } }
  }

  /// The signed share of every band in all magnitude, `φ_B = Σ_{i∈B} L_i / Σ_i |L_i|`, then that of
  /// the rest; zeros for a map of zeros.
  ///
  /// - Parameter map: One signed value per point, finite.
  /// - Returns: One value −1…1 per band, and one more for the rest.
  /// - Throws: `ChemometricsError` when the map has another number of points or is not finite.
  package func shares(of map: [Double]) throws(ChemometricsError) -> [Double] {
    let total = map.reduce(0) { $0 + abs($1) }
    return try contributions(of: map).map { total > 0 ? $0 / total : 0 }
  }

  /// The share of every band in what the output adds to its constant, `C_B / (z_c − b_c)`, then
  /// that of the rest; for a complete map they add up to one.
  ///
  /// - Parameters:
  ///   - map: One signed value per point, finite.
  ///   - output: `z_c − b_c`, the output less its constant.
  /// - Returns: One value per band, and one more for the rest; nil when the output is zero.
  /// - Throws: `ChemometricsError` when the map has another number of points or is not finite.
  package func shares(
    of map: [Double], inOutput output: Double
  ) throws(ChemometricsError) -> [Double]? {
    let contributions = try contributions(of: map)
    guard output != 0, output.isFinite else { return nil }
    return contributions.map { $0 / output }
  }

  /// Lines of band contributions against a concentration over samples; their slopes add up to the
  /// slope of the sums of the maps, and for complete maps to that of the predictions.
  ///
  /// - Parameters:
  ///   - maps: One map per sample.
  ///   - concentrations: One value per sample; at least two that differ.
  /// - Returns: One line per band, and one more for the rest.
  /// - Throws: `ChemometricsError` when counts differ, a value is not finite or all concentrations
  ///   are equal.
  package func lines(
    of maps: [[Double]], concentrations: [Double]
  ) throws(ChemometricsError) -> [FittedLine] {
    guard maps.count == concentrations.count else {
      throw ChemometricsError(
        .lengthMismatch,
        "\(maps.count) maps do not go with \(concentrations.count) concentrations")
    }
    guard concentrations.allSatisfy(\.isFinite) else {
      throw ChemometricsError(.notFinite, "a concentration is not a finite number; leave it out")
    }
    var rows: [[Double]] = []
    for map in maps { rows.append(try contributions(of: map)) }
    let lines = (0...bands.count).compactMap { part in
      FittedLine(x: concentrations, y: rows.map { $0[part] })
    }
    guard lines.count == bands.count + 1 else {
      throw ChemometricsError(
        .noVariation,
        "\(concentrations.count) equal concentrations give no line; at least 2 different ones do")
    }
    return lines
  }

  /// The points of every band, then all others.
  private var parts: [[Int]] {
    var isInBand = [Bool](repeating: false, count: pointCount)
    for band in bands { for point in band { isInBand[point] = true } }
    return bands.map { Array($0) } + [(0..<pointCount).filter { !isInBand[$0] }]
  }

  private func check(_ map: [Double]) throws(ChemometricsError) {
    guard map.count == pointCount else {
      throw ChemometricsError(
        .lengthMismatch, "a map of \(map.count) points was given for an axis of \(pointCount)")
    }
    if let point = map.firstIndex(where: { !$0.isFinite }) {
      throw ChemometricsError(.notFinite, "the map is \(map[point]) at point \(point)")
    }
  }
}
