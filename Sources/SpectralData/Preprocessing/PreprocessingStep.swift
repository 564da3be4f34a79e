public import TensorCore

/// Settings of one step of preprocessing; carries no data.
public protocol PreprocessingStep: Hashable, Sendable, CustomStringConvertible {
  /// What the step becomes once it has seen the training spectra.
  associatedtype Fitted: FittedPreprocessingStep

  /// Whether the step learns from the training spectra, not only from their axis.
  static var learnsFromSpectra: Bool { get }

  /// Learns what the step needs from the training spectra, and only from them.
  ///
  /// - Parameters:
  ///   - rows: At least one spectrum, one finite value per position; none will do for steps that do
  ///     not learn from spectra.
  ///   - axis: The positions.
  /// - Returns: The step that can transform spectra.
  /// - Throws: `SpectrumError` when the settings do not fit the spectra.
  func fit(_ rows: Matrix<Float>, on axis: SpectralAxis) throws(SpectrumError) -> Fitted
}

extension PreprocessingStep {
  /// True, unless a step says otherwise.
  public static var learnsFromSpectra: Bool { true }

  /// Learns from training spectra whose positions do not matter.
  ///
  /// - Parameter rows: At least one spectrum, one finite value per point, all of one length.
  /// - Returns: The step that can transform spectra.
  /// - Throws: `SpectrumError` when the settings do not fit the spectra.
  public func fit(_ rows: Matrix<Float>) throws(SpectrumError) -> Fitted {
    let count = rows.columnCount
    guard count > 0 else {
      throw SpectrumError(.lengthMismatch, "a step is fitted to at least one spectrum of one point")
    }
    return try fit(rows, on: SpectralAxis(indexCount: count))
  }
}

/// One step of preprocessing with what it learned; the only kind of step that transforms spectra.
public protocol FittedPreprocessingStep: Codable, Hashable, Sendable {
  /// The id of the step in `PreprocessingCatalog`.
  static var stepID: String { get }

  /// The positions of transformed spectra; the same unless the step changes them.
  ///
  /// - Parameter axis: The positions of the spectra to transform.
  /// - Returns: As many positions as a transformed spectrum has points.
  /// - Throws: `SpectrumError` when the step cannot be applied on this axis.
  func axis(after axis: SpectralAxis) throws(SpectrumError) -> SpectralAxis

  /// Transforms spectra, each by itself.
  ///
  /// - Parameters:
  ///   - rows: One finite value per position.
  ///   - axis: The positions.
  /// - Returns: As many rows, one value per position of `axis(after: axis)`.
  /// - Throws: `SpectrumError` when the step cannot be applied to these spectra.
  func apply(to rows: Matrix<Float>, on axis: SpectralAxis) throws(SpectrumError) -> Matrix<Float>

  /// Makes sure that a step that was stored is sound.
  ///
  /// - Throws: `SpectrumError` with code `invalidSettings` when it is not.
  func check() throws(SpectrumError)
}

extension FittedPreprocessingStep {
  /// The same positions.
  public func axis(after axis: SpectralAxis) throws(SpectrumError) -> SpectralAxis { axis }

  /// Does nothing: most steps are sound as they are.
  public func check() throws(SpectrumError) {}

  /// Transforms spectra whose positions do not matter.
  ///
  /// - Parameter rows: One finite value per point, all of one length.
  /// - Returns: As many rows.
  /// - Throws: `SpectrumError` when the step cannot be applied to these spectra.
  public func apply(to rows: Matrix<Float>) throws(SpectrumError) -> Matrix<Float> {
    guard rows.columnCount > 0 else { return rows }
    return try apply(to: rows, on: SpectralAxis(indexCount: rows.columnCount))
  }
}

/// A step that learns nothing from training spectra, so that its settings can transform by themselves.
public protocol StatelessPreprocessingStep: PreprocessingStep, FittedPreprocessingStep
where Fitted == Self {}

extension StatelessPreprocessingStep {
  /// False.
  public static var learnsFromSpectra: Bool { false }

  /// The settings themselves, once they have been checked.
  public func fit(_ rows: Matrix<Float>, on axis: SpectralAxis) throws(SpectrumError) -> Self {
    try check()
    return self
  }
}

/// Sums and checks that several steps share.
enum RowMath {
  /// The mean of some values, summed in double precision.
  static func mean(_ row: [Float]) -> Double {
    var sum = 0.0
    for value in row { sum += Double(value) }
    return sum / Double(row.count)
  }

  /// The mean and the sum of squared deviations from it.
  static func moments(_ row: [Float]) -> (mean: Double, squares: Double) {
    let mean = mean(row)
    var squares = 0.0
    for value in row {
      let deviation = Double(value) - mean
      squares += deviation * deviation
    }
    return (mean, squares)
  }

  /// `(value − shift) · factor` for every value.
  static func scaled(_ row: [Float], minus shift: Double, times factor: Double) -> [Float] {
    var result = row
    for index in result.indices { result[index] = Float((Double(row[index]) - shift) * factor) }
    return result
  }

  /// Refuses spectra of another length than the step was fitted to.
  static func check(_ rows: Matrix<Float>, count: Int, _ step: String) throws(SpectrumError) {
    guard rows.isEmpty || rows.columnCount == count else {
      throw SpectrumError(
        .lengthMismatch,
        "\(step) was fitted to spectra of \(count) points and cannot take \(rows.columnCount); bring "
          + "the spectra to one axis first")
    }
  }

  /// The mean of every column.
  static func columnMeans(_ rows: Matrix<Float>, count: Int) -> [Double] {
    var means = [Double](repeating: 0, count: count)
    for row in rows {
      for index in 0..<count { means[index] += Double(row[index]) }
    }
    for index in 0..<count { means[index] /= Double(rows.count) }
    return means
  }
}
