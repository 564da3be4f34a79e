import Catalogs

/// Adds a random constant and a random straight line, and multiplies by a random factor.
package struct SlopeAugmentation: AugmentationStep {
  /// The greatest constant and the greatest rise from the middle to an end, as parts of the deviation
  /// of each spectrum.
  package let amount: Double

  /// The greatest part by which a spectrum is made larger or smaller.
  package let gain: Double

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - amount: Greatest constant and rise as parts of the deviation of each spectrum, from zero.
  ///   - gain: The greatest part by which a spectrum grows or shrinks, 0…1.
  package init(amount: Double = 0.1, gain: Double = 0.1) {
    self.amount = amount
    self.gain = gain
  }

  private static let amount = Parameter(
    "amount", "greatest offset and rise as parts of the deviation", standard: 0.1,
    .number(0...100))
  private static let gain = Parameter(
    "gain", "greatest change of size", standard: 0.1, .number(0...1))

  static let entry = AugmentationEntry(
    id: "slope", summary: "adds an offset and a slope and changes the size",
    parameters: [amount, gain]
  ) { SlopeAugmentation(amount: $0[amount], gain: $0[gain]) }

  /// The text form with all parameters.
  package var description: String {
    StepCall.text(Self.entry.id, Self.amount.text(amount), Self.gain.text(gain))
  }

  /// Draws a constant, a rise and a factor per spectrum, uniformly.
  package func apply(
    to rows: inout [[Float]], targets: inout [[Float]],
    using generator: inout some RandomNumberGenerator
  ) {
    for index in rows.indices where !rows[index].isEmpty {
      let count = rows[index].count
      let (_, squares) = RowMath.moments(rows[index])
      let scale = amount * (squares / Double(count)).squareRoot()
      let offset = Double.random(in: -1...1, using: &generator) * scale
      let rise = Double.random(in: -1...1, using: &generator) * scale
      let factor = 1 + Double.random(in: -gain...gain, using: &generator)
      for point in rows[index].indices {
        let place = count > 1 ? 2 * Double(point) / Double(count - 1) - 1 : 0
        rows[index][point] = Float(factor * Double(rows[index][point]) + offset + rise * place)
      }
    }
  }
}
