public import SpectralData
import TensorCore

/// What a file of spectra holds, as it is read.
public struct SpectraInspection: Codable, Hashable, Sendable {
  /// A column beside the spectra.
  public struct Column: Codable, Hashable, Sendable {
    /// Its header.
    public let name: String

    /// What it is taken for when nothing is said: `label`, `quantity`, `group`, `place` on a map or
    /// `time`; nil for nothing.
    public let role: String?

    /// Its first few values.
    public let values: [String]
  }

  /// Spectra on one axis.
  public struct Part: Codable, Hashable, Sendable {
    /// How many spectra.
    public let spectrumCount: Int

    /// How many points each has.
    public let pointCount: Int

    /// The first and the last position.
    public let ends: [Double]

    /// What positions are measured in: `cm-1`, `raman`, `nm`, `um`, or `index` for nothing known.
    public let unit: String

    /// What intensities are, such as `absorbance`; nil when the file does not say.
    public let ordinate: String?

    /// The smallest and the largest intensity.
    public let range: [Float]

    /// The first few names of spectra; none when they have none.
    public let names: [String]

    /// The columns beside the spectra.
    public let columns: [Column]

    /// What was mended, chosen or left out, a sentence each.
    public let notes: [String]
  }

  /// The file.
  public let file: String

  /// Its format, as in `SpectrumFormatCatalog`.
  public let format: String

  /// The spectra, those of one axis together.
  public let parts: [Part]

  private static let exampleCount = 3

  /// Reads a file.
  ///
  /// - Parameter path: In any format of spectra.
  /// - Throws: `SpectrumError` naming the file.
  public init(_ path: String) throws(SpectrumError) {
    let (format, datasets) = try SpectrumFormatCatalog.readWithFormat(path)
    file = path
    self.format = format.id
    parts = datasets.map(Self.part)
  }

  private static func part(_ dataset: SpectralDataset) -> Part {
    let positions = dataset.axis.positions
    let columns = dataset.metadata.map { column in
      Column(
        name: column.name, role: dataset.roles.word(for: column.name),
        values: Array(column.values.prefix(exampleCount)))
    }
    let values = dataset.rows.elements
    return Part(
      spectrumCount: dataset.rows.count, pointCount: positions.count,
      ends: [positions[0], positions[positions.count - 1]], unit: dataset.axis.unit.option,
      ordinate: dataset.ordinate?.rawValue, range: [values.min() ?? 0, values.max() ?? 0],
      names: Array((dataset.names ?? []).prefix(exampleCount)), columns: columns,
      notes: dataset.notes)
  }
}

extension ColumnRoles {
  /// What a column is taken for, in a word; nil for nothing.
  fileprivate func word(for column: String) -> String? {
    if targets.contains(column) { return "quantity" }
    let words = [
      (label, "label"), (group, "group"), (across, "place"), (down, "place"), (time, "time"),
    ]
    return words.first { $0.0 == column }?.1
  }
}
