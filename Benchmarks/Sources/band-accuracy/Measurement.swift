import Foundation
import VitrineStudy

/// How the bands of one map lie beside the peaks that were planted.
struct Measurement: Codable {
  /// The network, the layout and the seed that all chance of the study began with.
  var network: String
  var layout: String
  var seed: UInt64

  /// The class whose evidence the map is.
  var target: String

  /// What made the map: a method, `study` for the mean over divisions, or `PLS-LDA` beside it.
  var method: String

  /// The share of test spectra that the networks of the study recognize, 0…1.
  var accuracy: Double

  /// For every planted peak of the class how far the nearest peak of a band lies that speaks for the
  /// class, in points; nil where none lies within two widths.
  var distances: [Double?]

  /// The bands of the map, and those that reach no planted peak of any class within two widths.
  var bandCount: Int
  var falseBandCount: Int

  /// The share of the map within two widths of the planted peaks of all classes, 0…1.
  var share: Double

  /// Compares a map with what was planted.
  init(
    _ network: String, _ layout: Layout, seed: UInt64, target: Int, method: String,
    accuracy: Double, bands: [ActiveBand], map: [Double]
  ) {
    (self.network, self.layout, self.seed) = (network, layout.name, seed)
    (self.method, self.accuracy) = (method, accuracy)
    self.target = "class \(target + 1)"
    let reach = 2 * Layout.width
    let planted = layout.classes.flatMap { $0.map(\.center) }
    distances = layout.classes[target].map { peak in
      bands.filter(\.isPositive).map { abs($0.peak - peak.center) }.filter { $0 <= reach }.min()
    }
    bandCount = bands.count
    falseBandCount = bands.count { band in
      !planted.contains { band.lower - reach <= $0 && $0 <= band.upper + reach }
    }
    let total = map.reduce(0) { $0 + abs($1) }
    let near = map.indices.reduce(0) { sum, point in
      planted.contains { abs($0 - Double(point)) <= reach } ? sum + abs(map[point]) : sum
    }
    share = total > 0 ? near / total : 0
  }
}
