/// Settings that turn spectra into the input of a network.
///
/// First each spectrum is normalized by itself, then a mean is subtracted from every column
/// (position) and the difference is divided by a scale, where these are given.
public struct SpectralPreprocessing: Codable, Hashable, Sendable {
  /// What is done to a spectrum by itself.
  public enum Normalization: String, Codable, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case none

    /// Standard normal variate: subtract the mean of the spectrum, divide by its population
    /// standard deviation plus 1e-8.
    case standardNormalVariate

    /// Subtract the smallest intensity and divide by the range; a flat spectrum becomes 0.
    case minMax
  }

  /// What is done to a spectrum by itself.
  public var normalization: Normalization

  /// What is then subtracted at each position; nil for nothing.
  public var columnMean: [Float]?

  /// What is then divided by at each position, none zero; nil for nothing.
  public var columnScale: [Float]?

  /// Creates settings; they are checked when they are used.
  ///
  /// - Parameters:
  ///   - normalization: What is done to a spectrum by itself.
  ///   - columnMean: What is then subtracted at each position.
  ///   - columnScale: What is then divided by at each position, none zero.
  public init(
    normalization: Normalization = .none, columnMean: [Float]? = nil, columnScale: [Float]? = nil
  ) {
    self.normalization = normalization
    self.columnMean = columnMean
    self.columnScale = columnScale
  }

  /// Prepares the intensities of one spectrum.
  ///
  /// - Parameter intensities: Finite values, at least one.
  /// - Returns: As many values.
  /// - Throws: `SpectrumError` when column settings do not fit the number of points, or an
  ///   intensity or the result is not finite.
  public func prepare(_ intensities: [Float]) throws(SpectrumError) -> [Float] {
    if let index = intensities.firstIndex(where: { !$0.isFinite }) {
      throw SpectrumError(
        .invalidCell, "the intensity of point \(index + 1) is \(intensities[index])")
    }
    var result = normalized(intensities)
    if let columnMean {
      try check(columnMean, "column means", count: result.count)
      for index in result.indices { result[index] -= columnMean[index] }
    }
    if let columnScale {
      try check(columnScale, "column scales", count: result.count)
      if let index = columnScale.firstIndex(of: 0) {
        throw SpectrumError(.invalidSettings, "the column scale of point \(index + 1) is zero")
      }
      for index in result.indices { result[index] /= columnScale[index] }
    }
    guard result.allSatisfy(\.isFinite) else {
      throw SpectrumError(.invalidCell, "the intensities are too large to be prepared")
    }
    return result
  }

  private func normalized(_ values: [Float]) -> [Float] {
    switch normalization {
    case .none: return values
    case .standardNormalVariate:
      let count = Double(values.count)
      let mean = values.reduce(0) { $0 + Double($1) } / count
      let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
      let deviation = (squares / count).squareRoot() + 1e-8
      return values.map { Float((Double($0) - mean) / deviation) }
    case .minMax:
      guard let low = values.min(), let high = values.max(), high > low else {
        return values.map { _ in 0 }
      }
      let range = Double(high) - Double(low)
      return values.map { Float((Double($0) - Double(low)) / range) }
    }
  }

  private func check(_ values: [Float], _ what: String, count: Int) throws(SpectrumError) {
    guard values.count == count else {
      throw SpectrumError(
        .lengthMismatch, "\(values.count) \(what) do not fit a spectrum of \(count) points")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw SpectrumError(.invalidSettings, "the \(what) must be finite")
    }
  }
}
