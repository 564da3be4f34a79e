import SpectralData

/// A stretch of the axis where the mean map of some spectra stands out, or how their maps grow with a
/// predicted quantity.
public struct EvidenceBand: Codable, Sendable, Hashable {
  /// The first position, in units of the axis.
  public let start: Double

  /// The position of the peak, in units of the axis.
  public let peak: Double

  /// The last position, in units of the axis.
  public let end: Double

  /// How exactly the peak is known (±), in units of the axis: the largest of its spread over tenths of the
  /// spectra (twice the standard deviation), of what a unit of the layer looks at, of half the
  /// distance of two points, and of how far aside peaks of networks trained alike stand.
  public let resolution: Double

  /// The share of the sum of all magnitudes of that map, 0…1.
  public let share: Double

  /// Whether the map speaks for the target here, or grows with the quantity; else the contrary.
  public let isPositive: Bool

  /// The share of the spectra whose own maps have a band at the peak of the sign that this would have in
  /// them, 0…1.
  public let spectrumShare: Double

  /// The width in units of the axis.
  public var width: Double { abs(end - start) }
}

/// The bands of a summary as a table.
struct BandFile {
  let axis: SpectralAxis
  let groups: [MapSummary.Group]

  /// A line for each band.
  var text: String {
    var table = CSVTable(quoting: .cautious)
    table.append([
      "class", "peak", "resolution", "start", "end", "width", "unit", "share", "sign",
      "share of spectra",
    ])
    for group in groups {
      for band in group.bands ?? [] {
        table.append([
          group.name, "\(band.peak)", "\(band.resolution)", "\(band.start)", "\(band.end)",
          "\(band.width)", axis.unit.option, "\(band.share)", band.isPositive ? "+" : "-",
          "\(band.spectrumShare)",
        ])
      }
    }
    return table.text
  }
}
