public import Catalogs

/// A step of preprocessing: what it is, what it takes, and how it is made.
public struct PreprocessingEntry: CatalogEntry {
  /// The name in the text form, such as `savitzky-golay`.
  public let id: String

  /// What it does, in one line.
  public let summary: String

  /// What it takes.
  public let parameters: [any ParameterDescription]

  /// Whether it learns from training spectra; otherwise it can be applied at once.
  public let learns: Bool

  /// Makes the settings.
  let make: @Sendable (Settings) throws(SpectrumError) -> any PreprocessingStep

  /// Reads a fitted step.
  let decode: @Sendable (any Decoder) throws -> any FittedPreprocessingStep

  /// Describes a step; it must be of type `step`.
  init<Step: PreprocessingStep>(
    _ step: Step.Type, _ summary: String, parameters: [any ParameterDescription] = [],
    make: @escaping @Sendable (Settings) throws(SpectrumError) -> Step
  ) {
    id = Step.Fitted.stepID
    self.summary = summary
    self.parameters = parameters
    learns = Step.learnsFromSpectra
    self.make = { settings throws(SpectrumError) in try make(settings) }
    decode = { try Step.Fitted(from: $0) }
  }
}
