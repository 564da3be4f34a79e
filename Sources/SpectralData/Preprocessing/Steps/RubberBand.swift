package import TensorCore

/// Subtracts the lower convex hull of each spectrum, as if a rubber band were stretched below it.
package struct RubberBand: StatelessPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  package static let stepID = "rubber-band"

  /// Creates settings.
  package init() {}

  static let entry = PreprocessingEntry(
    RubberBand.self, "subtracts the lower convex hull of each spectrum"
  ) { _ throws(SpectrumError) in RubberBand() }

  /// The text form with all parameters.
  package var description: String { Self.stepID }

  /// Subtracts the hull of each spectrum, stretched over the positions of the axis.
  package func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    try RowMath.check(rows, count: axis.count, Self.stepID)
    let sign = axis.isAscending ? 1.0 : -1.0
    let positions = axis.positions.map { $0 * sign }
    return rows.mapRows { corrected($0, positions) }
  }

  private func corrected(_ row: [Float], _ positions: [Double]) -> [Float] {
    var hull: [Int] = []
    for point in row.indices {
      while hull.count > 1,
        !isBelow(hull[hull.count - 1], hull[hull.count - 2], point, row, positions)
      {
        hull.removeLast()
      }
      hull.append(point)
    }
    var result = row
    for (start, end) in zip(hull, hull.dropFirst()) {
      let slope = (Double(row[end]) - Double(row[start])) / (positions[end] - positions[start])
      for point in start...end {
        let height = Double(row[start]) + slope * (positions[point] - positions[start])
        result[point] = Float(Double(row[point]) - height)
      }
    }
    // The band touches the spectrum at the corners of the hull.
    for point in hull { result[point] = 0 }
    return result
  }

  /// Whether a point lies below the line from `start` to `end`.
  private func isBelow(
    _ point: Int, _ start: Int, _ end: Int, _ row: [Float], _ positions: [Double]
  ) -> Bool {
    let height = Double(row[start])
    return (Double(row[point]) - height) * (positions[end] - positions[start])
      < (Double(row[end]) - height) * (positions[point] - positions[start])
  }
}
