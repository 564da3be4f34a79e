import Catalogs

/// Moves each spectrum along its axis by a random distance, interpolated linearly; the end points are
/// continued.
package struct ShiftAugmentation: AugmentationStep {
  /// The greatest distance in points.
  package let points: Double

  /// Creates settings.
  ///
  /// - Parameter points: The greatest distance in points, from zero.
  package init(points: Double = 2) {
    self.points = points
  }

  private static let points = Parameter(
    "points", "greatest distance in points", standard: 2, .number(0...1000))

  static let entry = AugmentationEntry(
    id: "shift", summary: "moves spectra along the axis", parameters: [points]
  ) { ShiftAugmentation(points: $0[points]) }

  /// The text form with all parameters.
  package var description: String {
    StepCall.text(Self.entry.id, Self.points.text(points))
  }

  /// Draws one distance per spectrum, uniformly.
  package func apply(
    to rows: inout [[Float]], targets: inout [[Float]],
    using generator: inout some RandomNumberGenerator
  ) {
    for index in rows.indices where !rows[index].isEmpty {
      rows[index] = Self.moved(
        rows[index], by: Double.random(in: -points...points, using: &generator))
    }
  }

  /// The values of a row at `distance` points to the left of each point.
  static func moved(_ row: [Float], by distance: Double) -> [Float] {
    let last = Double(row.count - 1)
    return row.indices.map { point in
      let place = min(last, max(0, Double(point) - distance))
      let lower = Int(place)
      let upper = min(row.count - 1, lower + 1)
      let fraction = Float(place - Double(lower))
      return row[lower] + (row[upper] - row[lower]) * fraction
    }
  }
}
