import Catalogs

/// Whether a box around what a map marks fits a box of the object.
enum BoxHit {
  static let level = Parameter(
    "level", "from which share of its maximum a map marks, in percent", standard: 20,
    .number(0...100))

  static let overlap = Parameter(
    "overlap", "from which IoU of boxes it is a hit, in percent", standard: 50, .number(0...100))

  static let entry = Metric(
    id: "box", title: "Box hit",
    summary: "1 if the box around the largest marked part fits a box of the object, else 0",
    formula: "1[max over boxes B of IoU(box of the largest part of {L⁺ ≥ 0.2 max L⁺}, B) ≥ 0.5]",
    source: "Zhou et al. 2016, arXiv 1512.04150; Choe et al. 2020, arXiv 2001.07437",
    topic: .localization, direction: .up,
    caution:
      "One bit an input. Published values often take the best level of each method. An empty map has 0.",
    parameters: [level, overlap],
    procedure: .truth { map, region, settings in
      guard region.count > 0 else { return Measurement(nil) }
      guard !map.isEmpty else { return Measurement(0) }
      let best = bestOverlap(map, region, level: settings[level] / 100)
      return Measurement(best * 100 >= settings[overlap] ? 1 : 0)
    })

  /// The largest IoU with the box of an instance.
  static func bestOverlap(_ map: MapReading, _ region: TruthRegion, level: Double) -> Double {
    let grid = PositionGrid(map.positions)
    let marked = map.softMask.map { $0 > 0 && Double($0) >= level }
    guard let part = grid.components(marked).first, let box = grid.box(part) else { return 0 }
    let instances = region.instances.isEmpty ? [region.inside] : region.instances
    return instances.compactMap { instance in
      grid.box(instance.indices.lazy.filter { instance[$0] }).map { overlap(box, $0) }
    }.max() ?? 0
  }

  private static func overlap(_ first: [Range<Int>], _ second: [Range<Int>]) -> Double {
    let size = { (box: [Range<Int>]) in box.reduce(1) { $0 * $1.count } }
    let shared = size(zip(first, second).map { $0.clamped(to: $1) })
    return Double(shared) / Double(size(first) + size(second) - shared)
  }
}
