import Catalogs
import Foundation

/// Adds normally distributed noise to every point.
package struct NoiseAugmentation: AugmentationStep {
  /// The deviation of the noise as a part of the deviation of each spectrum.
  package let deviation: Double

  /// Creates settings.
  ///
  /// - Parameter deviation: A part of the deviation of each spectrum, from zero.
  package init(deviation: Double = 0.02) {
    self.deviation = deviation
  }

  private static let deviation = Parameter(
    "deviation", "part of the deviation of the spectrum", standard: 0.02, .number(0...10))

  static let entry = AugmentationEntry(
    id: "noise", summary: "adds normal noise to every point", parameters: [deviation]
  ) { NoiseAugmentation(deviation: $0[deviation]) }

  /// The text form with all parameters.
  package var description: String {
    StepCall.text(Self.entry.id, Self.deviation.text(deviation))
  }

  /// Draws one normal number per point.
  package func apply(
    to rows: inout [[Float]], targets: inout [[Float]],
    using generator: inout some RandomNumberGenerator
  ) {
    for index in rows.indices where !rows[index].isEmpty {
      let (_, squares) = RowMath.moments(rows[index])
      let scale = deviation * (squares / Double(rows[index].count)).squareRoot()
      for point in rows[index].indices {
        rows[index][point] += Float(scale * Self.normal(using: &generator))
      }
    }
  }

  /// A number from the standard normal distribution, by the method of Box and Muller.
  static func normal(using generator: inout some RandomNumberGenerator) -> Double {
    let radius = (-2 * log(Double.random(in: 1e-300..<1, using: &generator))).squareRoot()
    return radius * cos(2 * Double.pi * Double.random(in: 0..<1, using: &generator))
  }
}
