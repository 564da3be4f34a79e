import Catalogs

/// Whether the highest position of a map lies on the object, or near it.
enum Pointing {
  static let margin = Parameter(
    "margin",
    "how far from the object a peak still counts, in percent of the shorter side; auto is 7 for "
      + "pictures (15 of 224 pixels) and 2 for spectra",
    standard: SideShare.auto, .sideShare)

  static let entry = Metric(
    id: "pointing", title: "Pointing",
    summary: "1 if the map's highest position lies on the object or near it, else 0",
    formula: "1[distance of argmax L from S ≤ margin]",
    source: "Zhang et al. 2018, Excitation Backprop, arXiv 1608.00507",
    topic: .localization, direction: .up,
    chance: "the share of the input that the object with its margin covers", usesOrderOnly: true,
    caution: "One bit an input; large objects are hit by anything. An empty map has 0.",
    parameters: [margin, Parameter.values],
    procedure: .truth { map, region, settings in
      guard region.count > 0 else { return Measurement(nil) }
      let map = settings[.values] == .magnitude ? map.magnitude : map
      guard !map.isEmpty, let peak = map.order.first else { return Measurement(0) }
      let limit = settings[margin].positions(
        map.positions, picture: 7, spectrum: 2)
      return Measurement(distance(of: Int(peak), to: region, map.positions) <= limit ? 1 : 0)
    })

  /// The distance of a position from the nearest one inside, in positions.
  private static func distance(
    of position: Int, to region: TruthRegion, _ extents: [Int]
  ) -> Double {
    let grid = PositionGrid(extents)
    let from = grid.place(position)
    var nearest = Int.max
    for index in region.inside.indices where region.inside[index] {
      var square = 0
      for axis in from.indices {
        let step = index / grid.strides[axis] % extents[axis] - from[axis]
        square += step * step
      }
      nearest = min(nearest, square)
    }
    return Double(nearest).squareRoot()
  }
}
