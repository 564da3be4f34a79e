/// A part of a spectral axis that is marked in a figure.
package struct FigureBand: Hashable, Sendable {
  /// The lower end, in the axis's unit.
  package var lower: Double

  /// The upper end, in the axis's unit, not below `lower`.
  package var upper: Double

  /// What is written at the band, such as its peak position or assignment; may be empty.
  package var label: String

  /// What the band says: above zero it is shaded red, below zero blue, at zero gray.
  ///
  /// The farther from zero, the darker, up to ±1. Where labels would collide, the stronger band's is
  /// written.
  package var strength: Double

  /// Creates a band.
  ///
  /// - Parameters:
  ///   - lower: The lower end, in the axis's unit, finite.
  ///   - upper: The upper end, in the axis's unit, finite, not below `lower`.
  ///   - label: What is written at the band.
  ///   - strength: Sign and strength, -1…1; 0 for a neutral band.
  package init(lower: Double, upper: Double, label: String = "", strength: Double = 0) {
    self.lower = lower
    self.upper = upper
    self.label = label
    self.strength = strength
  }

  /// The middle.
  package var center: Double { (lower + upper) / 2 }
}
