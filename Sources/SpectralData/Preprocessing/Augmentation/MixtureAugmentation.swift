import Catalogs

/// Replaces some spectra by mixtures with another one, `(1 − w) x + w y`, their targets mixed alike.
///
/// Absorbances of mixtures add up (Lambert–Beer), so for amounts this makes samples that could be.
package struct MixtureAugmentation: AugmentationStep {
  /// The part of the spectra that is replaced.
  package let probability: Double

  /// The greatest weight of the other spectrum.
  package let weight: Double

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - probability: The part of the spectra that is replaced, 0…1.
  ///   - weight: The greatest weight of the other spectrum, 0…1.
  package init(probability: Double = 0.5, weight: Double = 0.5) {
    self.probability = probability
    self.weight = weight
  }

  private static let probability = Parameter(
    "probability", "part that is replaced", standard: 0.5, .number(0...1))
  private static let weight = Parameter(
    "weight", "greatest weight of the other spectrum", standard: 0.5, .number(0...1))

  static let entry = AugmentationEntry(
    id: "mixture", summary: "mixes pairs of spectra and their targets",
    parameters: [probability, weight]
  ) { MixtureAugmentation(probability: $0[probability], weight: $0[weight]) }

  /// The text form with all parameters.
  package var description: String {
    StepCall.text(Self.entry.id, Self.probability.text(probability), Self.weight.text(weight))
  }

  /// Draws a partner and a weight per spectrum; partners are taken as they were before.
  package func apply(
    to rows: inout [[Float]], targets: inout [[Float]],
    using generator: inout some RandomNumberGenerator
  ) {
    let (pure, pureTargets) = (rows, targets)
    for index in rows.indices {
      let isMixed = Double.random(in: 0..<1, using: &generator) < probability
      let other = Int.random(in: rows.indices, using: &generator)
      let share = Float(Double.random(in: 0...weight, using: &generator))
      guard isMixed else { continue }
      rows[index] = Self.mixed(pure[index], pure[other], share)
      targets[index] = Self.mixed(pureTargets[index], pureTargets[other], share)
    }
  }

  private static func mixed(_ first: [Float], _ second: [Float], _ share: Float) -> [Float] {
    zip(first, second).map { (1 - share) * $0 + share * $1 }
  }
}
