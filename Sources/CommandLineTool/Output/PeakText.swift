import Foundation

/// Where a peak is, as a terminal shows it: no more digits than are known.
struct PeakText {
  /// The position.
  let position: String

  /// How exactly it is known, with two significant digits.
  let resolution: String

  /// - Parameters:
  ///   - position: A position, in units of the axis.
  ///   - resolution: How exactly it is known (±), in the same units; 0 where nobody knows.
  init(_ position: Double, _ resolution: Double) {
    guard resolution > 0, resolution.isFinite else {
      (self.position, self.resolution) = (String(format: "%.5g", position), "")
      return
    }
    let decimals = max(0, 1 - Int(floor(log10(resolution * 1.005))))
    self.position = String(format: "%.\(decimals)f", position)
    self.resolution = String(format: "%.\(decimals)f", resolution)
  }
}
