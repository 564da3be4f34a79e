import Catalogs
package import TensorCore

/// Removes narrow spikes: where the modified z-score of the step between neighbors is beyond a
/// threshold, both are replaced by the mean of the sound points in a window around them.
///
/// The score is `0.6745 (Δ − median(Δ)) / median(|Δ − median(Δ)|)`. Whitaker and Hayes, Chemometr.
/// Intell. Lab. 179 (2018) 82.
package struct CosmicRayRemoval: StatelessPreprocessingStep {
  /// The id in `PreprocessingCatalog`.
  package static let stepID = "cosmic-rays"

  /// The score from which a step is a spike.
  package let threshold: Double

  /// How many points on each side are averaged.
  package let reach: Int

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - threshold: The score from which a step is a spike, above zero.
  ///   - reach: How many points on each side are averaged, 1…1000.
  package init(threshold: Double = 8, reach: Int = 5) {
    self.threshold = threshold
    self.reach = reach
  }

  private static let threshold = Parameter(
    "threshold", "score from which a step is a spike", standard: 8, .number(0.1...1e6))
  private static let reach = Parameter(
    "reach", "points averaged on each side", standard: 5, .whole(1...1000))

  static let entry = PreprocessingEntry(
    CosmicRayRemoval.self, "removes narrow spikes (Whitaker–Hayes modified z-score)",
    parameters: [threshold, reach]
  ) { settings throws(SpectrumError) in
    CosmicRayRemoval(threshold: settings[threshold], reach: settings[reach])
  }

  /// The text form with all parameters.
  package var description: String {
    StepCall.text(Self.stepID, Self.threshold.text(threshold), Self.reach.text(reach))
  }

  /// Refuses values that the step cannot work with.
  package func check() throws(SpectrumError) {
    guard threshold > 0, threshold.isFinite, (1...1000).contains(reach) else {
      throw SpectrumError(
        .invalidSettings, "cosmic-rays: threshold must be above 0 and reach 1…1000")
    }
  }

  /// Replaces the spikes of each spectrum.
  package func apply(
    to rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> Matrix<Float> {
    rows.mapRows(despiked)
  }

  private func despiked(_ row: [Float]) -> [Float] {
    guard row.count > 2 else { return row }
    let steps = (1..<row.count).map { Double(row[$0]) - Double(row[$0 - 1]) }
    let center = median(steps)
    let spread = median(steps.map { abs($0 - center) })
    guard spread > 0 else { return row }
    var isSpike = [Bool](repeating: false, count: row.count)
    for (index, step) in steps.enumerated()
    where 0.6745 * abs(step - center) / spread > threshold {
      isSpike[index] = true
      isSpike[index + 1] = true
    }
    var result = row
    for index in row.indices where isSpike[index] {
      let window = max(0, index - reach)...min(row.count - 1, index + reach)
      let sound = window.filter { !isSpike[$0] }
      guard !sound.isEmpty else { continue }
      result[index] = Float(sound.reduce(0) { $0 + Double(row[$1]) } / Double(sound.count))
    }
    return result
  }

  private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
