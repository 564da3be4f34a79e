/// Where on a map a spectrum was measured.
package struct MapPlace: Hashable, Sendable {
  /// From left to right and from line to line, in the units of the file.
  package let x: Double
  package let y: Double

  /// What both are measured in, such as `µm`; nil when the file does not say.
  package let unit: String?

  /// A place.
  package init(x: Double, y: Double, unit: String? = nil) {
    self.x = x
    self.y = y
    self.unit = unit
  }
}

extension SpectralDataset {
  /// Where each spectrum was measured; nil unless they form a map, with at least two places in both
  /// directions.
  package var places: [MapPlace]? {
    guard let across = roles.across, let down = roles.down,
      let xs = self[column: across]?.numbers, let ys = self[column: down]?.numbers,
      Set(xs).count > 1, Set(ys).count > 1
    else { return nil }
    let unit =
      provenance?.first?.fields[SpectrumProvenance.placeUnitField] ?? Self.lengthUnit(across)
    return zip(xs, ys).map { MapPlace(x: $0, y: $1, unit: unit) }
  }

  /// The unit of length that a header ends in, as in `X (µm)`.
  private static func lengthUnit(_ header: String) -> String? {
    let words = header.lowercased().split { !$0.isLetter }
    guard words.count > 1, let last = words.last else { return nil }
    return ["um": "µm", "µm": "µm", "μm": "µm", "mm": "mm"][String(last)]
  }
}
