import Catalogs
import Foundation

/// How often a map that is moved along the axes has as much within the object.
enum ShiftChance {
  static let shifts = Parameter(
    "shifts", "how many shifts are tried at most, evenly along the axes", standard: 1000,
    .whole(10...100_000))

  static let entry = Metric(
    id: "shift-chance", title: "Chance of shifts",
    summary: "the share of circular shifts of the map that have at least as much within the object",
    formula: "|{t : energy of L moved by t ≥ energy of L}| / shifts, none among them",
    source: "a permutation test that keeps how smooth the map is",
    topic: .localization, direction: .down, chance: "uniform from 0 to 1",
    caution:
      "Not below 1 over the number of shifts. What leaves at one end enters at the other. An empty map has 1.",
    parameters: [shifts, Parameter.values],
    procedure: .truth { map, region, settings in
      guard region.count > 0 else { return Measurement(nil) }
      let map = settings[.values] == .magnitude ? map.magnitude : map
      return Measurement(chance(map, region.inside, settings[shifts]))
    })

  private static func chance(_ map: MapReading, _ inside: [Bool], _ limit: Int) -> Double {
    let grid = PositionGrid(map.positions)
    let values = map.positive
    let places = inside.indices.filter { inside[$0] }
    let along = Int(pow(Double(limit), 1 / Double(map.positions.count)) + 1e-9)
    let sums = grid.shifts(along: along).map { shift in
      places.reduce(0.0) { $0 + values[grid.source(of: $1, movedBy: shift)] }
    }
    // Sums in another order differ by rounding.
    let observed = sums[0] * (1 - 1e-9)
    return Double(sums.count { $0 >= observed }) / Double(sums.count)
  }
}

extension PositionGrid {
  /// Circular shifts along all axes, evenly spaced and at most so many along each; none comes first.
  fileprivate func shifts(along count: Int) -> [[Int]] {
    extents.reduce([[]]) { shifts, extent in
      let steps = stride(from: 0, to: extent, by: (extent + count - 1) / count)
      return shifts.flatMap { shift in steps.map { shift + [$0] } }
    }
  }
}
