/// One spectrum: an intensity at every position of an axis.
public struct Spectrum: Hashable, Sendable {
  /// The positions.
  public let axis: SpectralAxis

  /// One intensity per position, finite.
  public let intensities: [Float]

  /// What the spectrum is called, if anything.
  public let name: String?

  /// Creates a spectrum.
  ///
  /// - Parameters:
  ///   - axis: The positions.
  ///   - intensities: As many finite values as there are positions.
  ///   - name: What it is called, if anything.
  /// - Throws: `SpectrumError` when the counts differ or a value is not finite.
  public init(
    axis: SpectralAxis, intensities: [Float], name: String? = nil
  ) throws(SpectrumError) {
    guard intensities.count == axis.count else {
      throw SpectrumError(
        .lengthMismatch, "\(intensities.count) intensities do not fit \(axis.count) positions")
    }
    if let index = intensities.firstIndex(where: { !$0.isFinite }) {
      throw SpectrumError(
        .invalidCell,
        "the intensity of point \(index + 1) is \(intensities[index]); "
          + "replace or remove the point")
    }
    self.axis = axis
    self.intensities = intensities
    self.name = name
  }
}

/// Spectra on one axis, with what is known about each.
public struct SpectralDataset: Hashable, Sendable {
  /// A column of a table that is not part of the spectra, such as a label or a measured content.
  public struct MetadataColumn: Hashable, Sendable {
    /// The header.
    public let name: String

    /// One text per spectrum.
    public let values: [String]

    /// Creates a column.
    ///
    /// - Parameters:
    ///   - name: The header.
    ///   - values: One text per spectrum.
    public init(name: String, values: [String]) {
      self.name = name
      self.values = values
    }

    /// The values as numbers, or nil when one is not a finite number.
    public var numbers: [Double]? {
      let numbers = values.compactMap(Double.init).filter(\.isFinite)
      return numbers.count == values.count ? numbers : nil
    }
  }

  /// The positions of all spectra.
  public let axis: SpectralAxis

  /// The intensities, one row per spectrum, one value per position, all finite.
  public let rows: [[Float]]

  /// What the spectra are called, one name per row, or nil when they have none.
  public let names: [String]?

  /// The columns beside the spectra, in file order; names and labels are among them.
  public let metadata: [MetadataColumn]

  /// The class of each spectrum, or nil when no column is called `label` or `class`.
  public var labels: [String]? {
    metadata.first { ["label", "class"].contains($0.name.lowercased()) }?.values
  }

  /// Creates a data set.
  ///
  /// - Parameters:
  ///   - axis: The positions of all spectra.
  ///   - rows: One row per spectrum, one finite value per position.
  ///   - names: One per row, or nil.
  ///   - metadata: Columns beside the spectra, one text per row each.
  /// - Throws: `SpectrumError` when counts differ or a value is not finite.
  public init(
    axis: SpectralAxis, rows: [[Float]], names: [String]? = nil, metadata: [MetadataColumn] = []
  ) throws(SpectrumError) {
    for (index, row) in rows.enumerated() {
      guard row.count == axis.count else {
        throw SpectrumError(
          .lengthMismatch,
          "spectrum \(index) has \(row.count) intensities for \(axis.count) positions")
      }
      guard row.allSatisfy(\.isFinite) else {
        throw SpectrumError(.invalidCell, "spectrum \(index) holds a value that is not finite")
      }
    }
    guard names.map({ $0.count == rows.count }) ?? true,
      metadata.allSatisfy({ $0.values.count == rows.count })
    else {
      throw SpectrumError(.lengthMismatch, "names and metadata need one text for each spectrum")
    }
    self.axis = axis
    self.rows = rows
    self.names = names
    self.metadata = metadata
  }

  /// The spectrum of one row.
  ///
  /// - Parameter index: The row.
  /// - Returns: Its intensities with the axis, and its name if it has one.
  /// - Throws: `SpectrumError` when there is no such row.
  public func spectrum(_ index: Int) throws(SpectrumError) -> Spectrum {
    guard rows.indices.contains(index) else {
      throw SpectrumError(
        .lengthMismatch, "there is no spectrum \(index); rows are 0…\(rows.count - 1)")
    }
    return try Spectrum(axis: axis, intensities: rows[index], name: names?[index])
  }
}
