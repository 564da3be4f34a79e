package import SpectralData

extension GroundTruth {
  /// Brings bands to the points of a spectrum.
  ///
  /// A point belongs to a band between its ends, widened by the tolerance; a band between two points has
  /// the nearer one. Nothing is known of bands of other classes in the spectrum, so `others` stays empty.
  ///
  /// - Parameters:
  ///   - axis: The points.
  ///   - tolerance: What is added on both sides of a band, in the unit of the axis; at least zero.
  /// - Returns: The regions of the classes that have a band on the axis.
  package func placed(on axis: SpectralAxis, tolerance: Double) -> PlacedTruth {
    precondition(tolerance >= 0, "a tolerance is at least zero")
    let (low, high) = (axis.positions.min() ?? 0, axis.positions.max() ?? 0)
    var (regions, outside): ([PlacedTruth.Region], [TruthBand]) = ([], [])
    for category in categories.indices {
      let own = bands.filter { $0.category == category }
      let shown = own.filter { $0.upper >= low && $0.lower <= high }
      outside += own.filter { $0.upper < low || $0.lower > high }
      let instances = shown.map { Self.points(of: $0, on: axis, tolerance) }
      guard let inside = PlacedTruth.union(instances) else { continue }
      regions.append(
        PlacedTruth.Region(
          category: category, inside: inside, instances: instances,
          shownShare: Double(shown.count) / Double(own.count)))
    }
    guard let first = outside.first else { return PlacedTruth(regions: regions, notes: []) }
    let note =
      "\(outside.count) of \(bands.count) bands lie beyond the axis (first: "
      + "\(categories[first.category].name) \(first.lower)) and are left out."
    return PlacedTruth(regions: regions, notes: [note])
  }

  /// The points of a band that lies on the axis at least in part.
  private static func points(
    of band: TruthBand, on axis: SpectralAxis, _ tolerance: Double
  ) -> [Bool] {
    let range = (band.lower - tolerance)...(band.upper + tolerance)
    let inside = axis.positions.map(range.contains)
    if inside.contains(true) { return inside }
    let middle = (band.lower + band.upper) / 2
    let nearest = axis.positions.indices.min {
      abs(axis.positions[$0] - middle) < abs(axis.positions[$1] - middle)
    }
    return axis.positions.indices.map { $0 == nearest }
  }
}
