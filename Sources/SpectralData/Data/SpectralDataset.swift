public import TensorCore

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

  /// A measured quantity, to be predicted by regression.
  public struct Target: Hashable, Sendable {
    /// What was measured, as the header of its column says.
    public let name: String

    /// One finite number per spectrum, nil where nothing was measured.
    public let values: [Double?]
  }

  /// The positions of all spectra.
  public let axis: SpectralAxis

  /// The intensities, one row per spectrum, one value per position, all finite.
  public let rows: Matrix<Float>

  /// What the spectra are called, one name per row, or nil when they have none.
  public let names: [String]?

  /// The columns beside the spectra, in file order; names and labels are among them.
  public let metadata: [MetadataColumn]

  /// Which of these columns hold labels, targets and groups.
  public internal(set) var roles: ColumnRoles

  /// Where each spectrum comes from, one note per row, or nil when that is not known.
  public let provenance: [SpectrumProvenance]?

  /// What was mended when the spectra were read, a sentence each; empty when nothing was.
  public package(set) var notes: [String] = []

  /// Creates a data set.
  ///
  /// - Parameters:
  ///   - axis: The positions of all spectra.
  ///   - rows: One row per spectrum, one finite value per position.
  ///   - names: One per row, or nil.
  ///   - metadata: Columns beside the spectra, one text per row each.
  ///   - roles: Which columns hold labels, targets and groups; nil recognizes them.
  ///   - provenance: One note per row, or nil.
  /// - Throws: `SpectrumError` when counts differ, a value is not finite, or a role names a column
  ///   that does not exist or has no numbers where they are needed.
  public init(
    axis: SpectralAxis, rows: [[Float]], names: [String]? = nil, metadata: [MetadataColumn] = [],
    roles: ColumnRoles? = nil, provenance: [SpectrumProvenance]? = nil
  ) throws(SpectrumError) {
    for (index, row) in rows.enumerated() {
      guard row.count == axis.count else {
        throw SpectrumError(
          .lengthMismatch,
          "spectrum \(index) has \(row.count) intensities for \(axis.count) positions")
      }
    }
    try self.init(
      axis: axis, rows: Matrix(rows), names: names, metadata: metadata, roles: roles,
      provenance: provenance)
  }

  /// Creates a data set.
  ///
  /// - Parameters:
  ///   - axis: The positions of all spectra.
  ///   - rows: One row per spectrum, one finite value per position.
  ///   - names: One per row, or nil.
  ///   - metadata: Columns beside the spectra, one text per row each.
  ///   - roles: Which columns hold labels, targets and groups; nil recognizes them.
  ///   - provenance: One note per row, or nil.
  /// - Throws: `SpectrumError` when counts differ, a value is not finite, or a role names a column
  ///   that does not exist or has no numbers where they are needed.
  public init(
    axis: SpectralAxis, rows: Matrix<Float>, names: [String]? = nil,
    metadata: [MetadataColumn] = [], roles: ColumnRoles? = nil,
    provenance: [SpectrumProvenance]? = nil
  ) throws(SpectrumError) {
    guard rows.isEmpty || rows.columnCount == axis.count else {
      throw SpectrumError(
        .lengthMismatch,
        "spectrum 0 has \(rows.columnCount) intensities for \(axis.count) positions")
    }
    if let index = rows.elements.firstIndex(where: { !$0.isFinite }) {
      throw SpectrumError(
        .invalidCell, "spectrum \(index / rows.columnCount) holds a value that is not finite")
    }
    guard names.map({ $0.count == rows.count }) ?? true,
      metadata.allSatisfy({ $0.values.count == rows.count }),
      provenance.map({ $0.count == rows.count }) ?? true
    else {
      throw SpectrumError(.lengthMismatch, "names and metadata need one text for each spectrum")
    }
    try roles?.check(against: metadata)
    self.axis = axis
    self.rows = rows
    self.names = names
    self.metadata = metadata
    self.roles = roles ?? ColumnRoles(recognizing: metadata)
    self.provenance = provenance
  }

  /// The column with a name, or nil when there is none.
  ///
  /// - Parameter name: A header, exactly.
  public subscript(column name: String) -> MetadataColumn? {
    metadata.first { $0.name == name }
  }

  /// The class of each spectrum, or nil when no column has that role.
  public var labels: [String]? { roles.label.flatMap { self[column: $0]?.values } }

  /// Equal texts for spectra of one sample (replicates), or nil when no column has that role.
  public var groups: [String]? { roles.group.flatMap { self[column: $0]?.values } }

  /// The measured quantities.
  public var targets: [Target] {
    roles.targets.compactMap { name in
      self[column: name]?.measurements.map { Target(name: name, values: $0) }
    }
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
    return try Spectrum(
      axis: axis, intensities: rows[index], name: names?[index], provenance: provenance?[index])
  }
}

extension ColumnRoles {
  /// Refuses roles of columns that are not there, and targets that are no numbers.
  func check(against metadata: [SpectralDataset.MetadataColumn]) throws(SpectrumError) {
    for name in [label, group].compactMap(\.self) + targets
    where !metadata.contains(where: { $0.name == name }) {
      throw SpectrumError(
        .unknownColumn,
        "there is no column \"\(name)\"; there are "
          + metadata.map { "\"\($0.name)\"" }.joined(separator: ", "))
    }
    for name in targets {
      guard let column = metadata.first(where: { $0.name == name }), column.measurements != nil
      else {
        throw SpectrumError(
          .unknownColumn, "column \"\(name)\" holds text; a regression target needs numbers")
      }
    }
  }
}
