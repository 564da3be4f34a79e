import TensorCore

/// A table of spectra that is written line by line: the columns beside them, then one per position.
package struct SpectrumTable: Sendable {
  /// The first line.
  package let header: String

  private let columns: [SpectralDataset.MetadataColumn]

  /// Describes a table.
  ///
  /// - Parameters:
  ///   - columns: What stands beside the spectra, one text for each of them.
  ///   - axis: Their positions.
  /// - Throws: `SpectrumError` with code `unwritable` when a header could not be told from a position.
  package init(
    _ columns: [SpectralDataset.MetadataColumn], on axis: SpectralAxis
  ) throws(SpectrumError) {
    self.columns = columns
    let headers = columns.map(\.name) + CSVSpectrumFormat.headers(of: axis)
    var table = CSVTable(quoting: .cautious)
    table.append(headers)
    header = table.text
    try CSVSpectrumFormat.check(
      headers, columnCount: columns.count, firstCells: columns.first?.values ?? [])
  }

  /// The line of a spectrum.
  package func line(_ index: Int, _ row: some Sequence<Float>) -> String {
    var table = CSVTable(quoting: .cautious)
    table.append(columns.map { $0.values[index] } + row.map { "\($0)" })
    return table.text
  }
}
