import Catalogs
import Statistics

/// How far from the middle of the object the middle of a map near it lies.
enum CentroidDistance {
  static let margin = Parameter(
    "margin",
    "how far around the object the map counts, in percent of the shorter side; auto is 7 for pictures "
      + "and 2 for spectra",
    standard: SideShare.auto, .sideShare)

  static let entry = Metric(
    id: "centroid", title: "Centroid distance",
    summary: "how many positions the middle of the map around an object lies from the object's",
    formula:
      "‖Σ p L⁺(p) / Σ L⁺ − mean of S‖ over the box around S and its margin; mean of instances",
    source: "centroids of peaks", topic: .localization, direction: .none, bounds: (0, nil),
    caution:
      "For maps that are known to have energy there: an even map has nearly 0. None where nothing of the "
      + "map is near an object.",
    parameters: [margin],
    procedure: .truth { map, region, settings in
      let reach = settings[margin].positions(map.positions, picture: 7, spectrum: 2)
      let instances = region.instances.isEmpty ? [region.inside] : region.instances
      let found = instances.compactMap { distance(map, $0, Int(reach.rounded(.up))) }
      return Measurement(found.isEmpty ? nil : found.mean)
    })

  private static func distance(_ map: MapReading, _ inside: [Bool], _ reach: Int) -> Double? {
    let grid = PositionGrid(map.positions)
    let positions = inside.indices.filter { inside[$0] }
    guard let box = grid.box(positions) else { return nil }
    let around = inside.indices.filter { index in
      zip(grid.place(index), box).allSatisfy { place, range in
        place >= range.lowerBound - reach && place < range.upperBound + reach
      }
    }
    guard let center = grid.centroid(positions, weights: positions.map { _ in 1 }),
      let found = grid.centroid(around, weights: around.map { max(Double(map.values[$0]), 0) })
    else { return nil }
    return zip(center, found).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
}

extension PositionGrid {
  /// The weighted mean place along each axis; nil without weight.
  fileprivate func centroid(_ positions: [Int], weights: [Double]) -> [Double]? {
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return nil }
    var center = [Double](repeating: 0, count: extents.count)
    for (position, weight) in zip(positions, weights) where weight > 0 {
      for (axis, place) in place(position).enumerated() {
        center[axis] += weight / sum * Double(place)
      }
    }
    return center
  }
}
