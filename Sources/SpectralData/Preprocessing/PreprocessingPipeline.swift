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
  public var learns: Bool { steps.contains { !($0 is any FittedPreprocessingStep) } }

  /// Fits every step to the training spectra as the steps before it leave them.
  ///
  /// - Parameters:
  ///   - rows: At least one spectrum, one finite value per position.
  ///   - axis: The positions.
  /// - Returns: The pipeline that can transform spectra, and the training spectra transformed.
  /// - Throws: `SpectrumError` when there are no spectra or a step does not fit them.
  public func fitTransform(
    _ rows: [[Float]], on axis: SpectralAxis
  ) throws(SpectrumError) -> (fitted: FittedPreprocessingPipeline, rows: [[Float]]) {
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

/// Steps of preprocessing with what they learned; stored as one JSON array.
///
/// Each element has a `step` (the id in `PreprocessingCatalog`) and its `state`.
public struct FittedPreprocessingPipeline: Codable, Sendable {
  /// The steps.
  public let steps: [any FittedPreprocessingStep]

  /// Puts fitted steps one after the other.
  ///
  /// - Parameter steps: None at all leaves spectra as they are.
  public init(_ steps: [any FittedPreprocessingStep] = []) {
    self.steps = steps
  }

  private enum Key: String, CodingKey {
    case step
    case state
  }

  /// Decodes the steps and checks each.
  ///
  /// - Parameter decoder: Holds the array.
  /// - Throws: `SpectrumError` when a step is unknown or unsound, or a decoding error.
  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    var steps: [any FittedPreprocessingStep] = []
    while !container.isAtEnd {
      let element = try container.nestedContainer(keyedBy: Key.self)
      let entry = try PreprocessingCatalog.step(element.decode(String.self, forKey: .step))
      let step = try entry.decode(element.superDecoder(forKey: .state))
      try step.check()
      steps.append(step)
    }
    self.steps = steps
  }

  /// Encodes the steps.
  ///
  /// - Parameter encoder: Takes the array.
  /// - Throws: An encoding error.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    for step in steps {
      var element = container.nestedContainer(keyedBy: Key.self)
      try element.encode(type(of: step).stepID, forKey: .step)
      try step.encode(to: element.superEncoder(forKey: .state))
    }
  }

  /// The positions of transformed spectra.
  ///
  /// - Parameter axis: The positions of the spectra to transform.
  /// - Returns: As many positions as a transformed spectrum has points.
  /// - Throws: `SpectrumError` when a step cannot be applied on this axis.
  public func axis(after axis: SpectralAxis) throws(SpectrumError) -> SpectralAxis {
    var axis = axis
    for step in steps { axis = try step.axis(after: axis) }
    return axis
  }

  /// Transforms spectra, each by itself.
  ///
  /// - Parameters:
  ///   - rows: One finite value per position.
  ///   - axis: The positions.
  /// - Returns: As many rows, one finite value per position of `axis(after: axis)`.
  /// - Throws: `SpectrumError` when a step cannot be applied, or a result is not finite.
  public func apply(
    to rows: [[Float]], on axis: SpectralAxis
  ) throws(SpectrumError) -> [[Float]] {
    try RowMath.check(rows, count: axis.count, "preprocessing")
    var (rows, axis) = (rows, axis)
    for step in steps {
      rows = try step.apply(to: rows, on: axis)
      axis = try step.axis(after: axis)
    }
    if let index = rows.firstIndex(where: { !$0.allSatisfy(\.isFinite) }) {
      throw SpectrumError(
        .invalidCell, "spectrum \(index) holds values that are too large to be prepared")
    }
    return rows
  }

  /// Transforms the spectra of a data set.
  ///
  /// - Parameter dataset: The spectra.
  /// - Returns: As many, with all that is known about them.
  /// - Throws: `SpectrumError` when a step cannot be applied, or a result is not finite.
  public func apply(to dataset: SpectralDataset) throws(SpectrumError) -> SpectralDataset {
    try dataset.with(
      axis: axis(after: dataset.axis), rows: apply(to: dataset.rows, on: dataset.axis))
  }
}
