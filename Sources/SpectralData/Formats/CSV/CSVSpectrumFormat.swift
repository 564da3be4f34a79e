/// Settings for reading spectra from a table of text (comma, semicolon, tab or blanks between cells).
///
/// Decimal points and commas, quoted cells, comment lines in front (`#`), and rising and falling axes
/// are understood. Single missing values, ends that are not measured and a few repeated positions are
/// mended and noted; any other cell without a finite number is an error, never a guess.
public struct CSVSpectrumFormat: Codable, Hashable, Sendable {
  /// Which way the spectra lie in the table.
  public enum Layout: String, Codable, Hashable, Sendable, CaseIterable {
    /// Decide from the first line: positions there mean spectra in rows.
    case automatic

    /// One spectrum per line; the first line holds the positions, and columns whose headers are no
    /// positions are metadata.
    case rows

    /// One spectrum per column; the first column holds the positions. Lines above them whose first
    /// cell is called `label`, `sample` or the like are metadata.
    case columns
  }

  /// Which way the spectra lie.
  public var layout: Layout

  /// What the positions are measured in when the headers do not say; nil leaves `index`.
  public var unit: AxisUnit?

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - layout: Which way the spectra lie.
  ///   - unit: What positions are measured in when the headers do not say.
  public init(layout: Layout = .automatic, unit: AxisUnit? = nil) {
    self.layout = layout
    self.unit = unit
  }

  /// Reads a file.
  ///
  /// - Parameter path: The file.
  /// - Returns: The spectra, with every value finite.
  /// - Throws: `SpectrumError` naming the file, and the line and column where there is one.
  public func read(_ path: String) throws(SpectrumError) -> SpectralDataset {
    let bytes = try SpectrumFile.bytes(path)
    do throws(SpectrumError) {
      return try decode(bytes)
    } catch {
      throw error.located(at: path)
    }
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameter bytes: UTF-8 or UTF-16 text, with or without a byte order mark.
  /// - Returns: The spectra, with every value finite.
  /// - Throws: `SpectrumError` naming the line and column where there is one.
  public func decode(_ bytes: [UInt8]) throws(SpectrumError) -> SpectralDataset {
    let bytes = SpectrumText.utf8(bytes)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.contains(0) {
      throw SpectrumError(.malformedFile, "not text (it holds a zero byte); save it as UTF-8")
    }
    var text = DelimitedText(bytes)
    var cells: [DelimitedText.Cell] = []
    guard try text.next(&cells) else { throw SpectrumError(.malformedFile, "the file is empty") }
    var headers = cells.map(text.text)
    while let last = headers.last, last.isEmpty { headers.removeLast() }
    guard layout != .columns, let axis = try axisHeader(headers, text) else {
      return try columnSpectra(bytes, headers)
    }
    var reader = SpectrumRowReader(text: text, headers: headers, header: axis)
    let chosen = try unit(named: axis.unit ?? oneHeaderBefore(axis, headers))
    return try reader.read(unit: chosen)
  }

  /// The unit named by a single column in front of the positions, such as `Wavenumber (cm-1)`.
  private func oneHeaderBefore(_ axis: AxisHeader, _ headers: [String]) -> AxisUnit? {
    axis.columns.lowerBound == 1 ? AxisUnit(named: headers[0]) : nil
  }

  private func columnSpectra(
    _ bytes: [UInt8], _ headers: [String]
  ) throws(SpectrumError) -> SpectralDataset {
    if layout == .rows {
      throw SpectrumError(
        .malformedFile, "line 1 holds no positions, so the spectra do not lie in rows", line: 1)
    }
    var reader = SpectrumColumnReader(text: DelimitedText(bytes), headers: headers)
    return try reader.read(unit: unit(named: headers.first.flatMap(AxisUnit.init(named:))))
  }

  /// The columns of positions if the spectra lie in rows; `text` is behind the first line.
  func axisHeader(
    _ headers: [String], _ text: DelimitedText
  ) throws(SpectrumError) -> AxisHeader? {
    guard let axis = try AxisHeader(headers) else { return nil }
    if layout == .rows { return axis }
    let first = headers[0].lowercased()
    if axis.columns.lowerBound == 0 {
      // A first line of numbers only: positions if there are many in order, else the first point.
      return headers.count > 3
        && (try? SpectralAxis(positions: axis.positions, unit: .index)) != nil
        ? axis : nil
    }
    // Counted headers may name spectra ("sample1, sample2…") beside a column of positions.
    guard axis.isCount, axis.unit == nil else { return axis }
    if ["wave", "shift", "nm", "cm-1", "frequency"].contains(where: first.contains) { return nil }
    if axis.prefix.isEmpty || ["id", "row", "index", "number", "no", "sample"].contains(first) {
      return axis
    }
    return try firstColumnIsAxis(text) ? nil : axis
  }

  private func firstColumnIsAxis(_ text: DelimitedText) throws(SpectrumError) -> Bool {
    var text = text
    var cells: [DelimitedText.Cell] = []
    var positions: [Double] = []
    var numbers = NumberReader()
    while try text.next(&cells) {
      guard let position = numbers.number(text.bytes, cells[0].range) else { return false }
      positions.append(position)
    }
    return positions.count > 1 && (try? SpectralAxis(positions: positions, unit: .index)) != nil
  }

  private func unit(named: AxisUnit?) throws(SpectrumError) -> AxisUnit {
    try SpectrumReadingSettings(unit: unit).unit(named: named)
  }
}
