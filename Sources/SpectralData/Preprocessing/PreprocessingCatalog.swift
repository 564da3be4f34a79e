public import Catalogs

/// All steps of preprocessing; help, parsing, stored pipelines and contract tests read it.
public enum PreprocessingCatalog {
  /// The entries.
  public static let entries = Catalog<PreprocessingEntry>(
    "preprocessing",
    [
      StandardNormalVariate.entry,
      MultiplicativeScatterCorrection.entry,
      VectorNormalization.entry,
      RangeNormalization.entry,
      AreaNormalization.entry,
      SavitzkyGolay.entry,
      AsymmetricLeastSquares.entry,
      PolynomialBaseline.entry,
      RubberBand.entry,
      CosmicRayRemoval.entry,
      MeanCentering.entry,
      Autoscaling.entry,
      Resampling.entry,
      Cropping.entry,
    ])

  /// The step with an id.
  ///
  /// - Parameter id: Such as `snv`.
  /// - Returns: Its entry.
  /// - Throws: `SpectrumError` with code `unknownStep` when there is none.
  public static func step(_ id: String) throws(SpectrumError) -> PreprocessingEntry {
    guard let entry = entries[id] else {
      throw SpectrumError(.unknownStep, entries.absence(of: id))
    }
    return entry
  }

  /// Reads one step, such as `savitzky-golay(window=11,derivative=1)`.
  ///
  /// - Parameter text: An id, and its parameters in parentheses if any are to differ.
  /// - Returns: The settings.
  /// - Throws: `SpectrumError` saying what is wrong and what may be written.
  public static func parse(_ text: String) throws(SpectrumError) -> any PreprocessingStep {
    let call = try StepCall(text)
    let entry = try step(call.id)
    return try entry.make(call.settings(for: entry))
  }
}
