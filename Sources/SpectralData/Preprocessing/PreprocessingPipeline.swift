public import TensorCore

/// Steps of preprocessing in the order in which they are done; carries no data.
public struct PreprocessingPipeline: Sendable, CustomStringConvertible {
  /// The steps.
  public let steps: [any PreprocessingStep]

  /// Puts steps one after the other.
  ///
  /// - Parameter steps: None at all leaves spectra as they are.
  public init(_ steps: [any PreprocessingStep] = []) {
    self.steps = steps
  }

  /// Reads steps separated by commas or vertical bars, such as
  /// `snv,savitzky-golay(window=11,order=2,derivative=1)`; `none` or nothing is no step.
  ///
  /// - Parameter text: The steps.
  /// - Throws: `SpectrumError` saying which step is wrong and what may be written.
  public init(parsing text: String) throws(SpectrumError) {
    var steps: [any PreprocessingStep] = []
    let parts = StepCall.split(text)
    let isNone = ["", "none"].contains(text.filter { !$0.isWhitespace }.lowercased())
    if !isNone {
      for part in parts { steps.append(try PreprocessingCatalog.parse(part)) }
    }
    self.steps = steps
  }

  /// The text form; parsing it gives the same steps.
  public var description: String {
    steps.isEmpty ? "none" : steps.map(\.description).joined(separator: ",")
  }

  /// Whether a step learns from training spectra.
  public var learns: Bool { steps.contains { type(of: $0).learnsFromSpectra } }

  /// Makes sure that the pipeline can be used where there are no training spectra.
  ///
  /// - Throws: `SpectrumError` with code `invalidSettings` when a step learns from training spectra.
  public func requireNothingToLearn() throws(SpectrumError) {
    guard let step = steps.first(where: { type(of: $0).learnsFromSpectra }) else { return }
    throw SpectrumError(
      .invalidSettings,
      "\"\(step)\" learns from training spectra, and there are none here; train with it, so that the "
        + "network carries what it learned, or use steps that need none: "
        + PreprocessingCatalog.entries.filter { !$0.learns }.map(\.id).joined(separator: ", "))
  }

  /// The pipeline for spectra on an axis, where there are no training spectra.
  ///
  /// - Parameter axis: The positions of the spectra to transform.
  /// - Returns: The pipeline that can transform them.
  /// - Throws: `SpectrumError` with code `invalidSettings` when a step learns from training spectra;
  ///   what a step throws that does not fit the axis.
  public func fitted(
    on axis: SpectralAxis
  ) throws(SpectrumError) -> FittedPreprocessingPipeline {
    var axis = axis
    var fitted: [any FittedPreprocessingStep] = []
    try requireNothingToLearn()
    for step in steps {
      let ready: any FittedPreprocessingStep = try step.fit([], on: axis)
      axis = try ready.axis(after: axis)
      fitted.append(ready)
    }
    return FittedPreprocessingPipeline(fitted)
  }

  /// Fits every step to the training spectra as the steps before it leave them.
  ///
  /// - Parameters:
  ///   - rows: At least one spectrum, one finite value per position.
  ///   - axis: The positions.
  /// - Returns: The pipeline that can transform spectra, and the training spectra transformed.
  /// - Throws: `SpectrumError` when there are no spectra or a step does not fit them.
  public func fitTransform(
    _ rows: Matrix<Float>, on axis: SpectralAxis
  ) throws(SpectrumError) -> (fitted: FittedPreprocessingPipeline, rows: Matrix<Float>) {
    guard !rows.isEmpty else {
      throw SpectrumError(.lengthMismatch, "preprocessing is fitted to at least one spectrum")
    }
    try RowMath.check(rows, count: axis.count, "preprocessing")
    var (rows, axis) = (rows, axis)
    var fitted: [any FittedPreprocessingStep] = []
    for step in steps {
      let ready: any FittedPreprocessingStep = try step.fit(rows, on: axis)
      rows = try ready.apply(to: rows, on: axis)
      axis = try ready.axis(after: axis)
      fitted.append(ready)
    }
    return (FittedPreprocessingPipeline(fitted), rows)
  }

  /// Fits every step to the training spectra as the steps before it leave them.
  ///
  /// - Parameter dataset: The training spectra.
  /// - Returns: The pipeline that can transform spectra.
  /// - Throws: `SpectrumError` when there are no spectra or a step does not fit them.
  public func fit(_ dataset: SpectralDataset) throws(SpectrumError) -> FittedPreprocessingPipeline {
    try fitTransform(dataset.rows, on: dataset.axis).fitted
  }
}
