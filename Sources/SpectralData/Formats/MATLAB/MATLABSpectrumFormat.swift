/// Reads MATLAB files of version 4 and 5 (with 6 and 7): the matrix of spectra is known by its name, by an
/// axis that fits it, or because it is by far the largest.
enum MATLABSpectrumFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "matlab", summary: "MATLAB 4 to 7 (mat, not 7.3): a matrix of spectra, its axis, labels",
    suffixes: ["mat"],
    recognizes: { MATLABFile5.isPlausible($0) || MATLABFile4.isPlausible($0) },
    decode: { bytes, settings throws(SpectrumError) in
      let variables =
        MATLABFile5.isPlausible(bytes)
        ? try MATLABFile5.variables(bytes) : MATLABFile4.variables(bytes)
      return [try MATLABSpectra(NamedArray.flattened(variables)).dataset(settings)]
    },
    encode: nil)
}

/// The matrix of spectra among named arrays, and what belongs to it.
struct MATLABSpectra {
  private let arrays: [NamedArray]
  private let table: Table
  private var notes: [String] = []

  /// Numbers over rows and columns, the first index running first.
  private struct Table {
    let array: NamedArray
    let values: [Double]
    let rows: Int
    let columns: Int

    /// Nil when an array has no two axes; of more axes all but the last are taken together.
    init?(_ array: NamedArray) {
      guard case .numbers(let values, let extents) = array.value,
        extents.count(where: { $0 > 1 }) > 1
      else {
        return nil
      }
      self.array = array
      self.values = values
      columns = extents[extents.count - 1]
      rows = values.count / max(1, columns)
      guard rows > 0, values.count == rows * columns else { return nil }
    }

    func value(_ row: Int, _ column: Int) -> Double { values[row + rows * column] }

    func row(_ row: Int) -> [Double] { (0..<columns).map { value(row, $0) } }

    func column(_ column: Int) -> [Double] {
      Array(values[rows * column..<rows * (column + 1)])
    }

    var summary: String { "\(array.name) (\(rows) × \(columns))" }
  }

  private static let tableNames = [
    "x", "spectra", "spectrum", "intensities", "intensity", "data", "absorbance", "reflectance",
    "transmittance",
  ]

  private static let axisNames = [
    "axis", "axisscale", "wavelength", "wl", "wn", "shift", "frequency", "lambda", "nu", "xaxis",
    "positions", "ramanshift",
  ]

  /// Finds the matrix.
  ///
  /// - Throws: `SpectrumError` listing the matrices when it is not clear which holds spectra.
  init(_ arrays: [NamedArray]) throws(SpectrumError) {
    self.arrays = arrays
    let tables = arrays.compactMap(Table.init)
    let named = tables.filter { Self.tableNames.contains($0.array.shortName) }
    let placed = tables.filter { table in
      arrays.contains { array in
        Self.isAxis(array) && [table.rows, table.columns].contains(array.list?.count ?? 0)
      }
    }
    let sorted = tables.sorted { $0.values.count > $1.values.count }
    if let only = Self.only(named) ?? Self.only(tables) ?? Self.only(placed) {
      table = only
    } else if let largest = sorted.first, largest.values.count >= 2 * sorted[1].values.count {
      table = largest
    } else {
      throw SpectrumError(
        .unsupportedFile,
        tables.isEmpty
          ? "no variable is a matrix of numbers; there are "
            + arrays.prefix(20).map(\.name).joined(separator: ", ")
          : "several matrices may be the spectra: \(tables.map(\.summary).joined(separator: ", ")); "
            + "save the one that is meant as X, with its axis")
    }
    if tables.count > 1 {
      let others = tables.filter { $0.array.name != table.array.name }.map(\.summary)
      notes.append("\(table.summary) is read, not \(others.joined(separator: ", "))")
    }
  }

  private static func only(_ tables: [Table]) -> Table? { tables.count == 1 ? tables[0] : nil }

  private static func isAxis(_ array: NamedArray) -> Bool {
    array.list != nil
      && (axisNames.contains { array.shortName.hasPrefix($0) }
        || AxisUnit(named: array.shortName) != nil)
  }

  private static func isOrdered(_ numbers: [Double]) -> Bool {
    (try? SpectralAxis(positions: numbers, unit: .index)) != nil
  }

  /// Whether neighbors are equally far apart.
  private static func isEven(_ numbers: [Double]) -> Bool {
    guard numbers.count > 7, isOrdered(numbers) else { return false }
    let step = (numbers[numbers.count - 1] - numbers[0]) / Double(numbers.count - 1)
    return zip(numbers, numbers.dropFirst()).allSatisfy { abs($1 - $0 - step) < 1e-6 * abs(step) }
  }

  /// The spectra.
  func dataset(_ settings: SpectrumReadingSettings) throws(SpectrumError) -> SpectralDataset {
    if let axis = axisList() {
      let isTransposed = axis.list?.count != table.columns
      let rows =
        isTransposed ? (0..<table.columns).map(table.column) : (0..<table.rows).map(table.row)
      let unit = unitText(beside: axis) ?? axis.shortName
      return try dataset(
        SpectralAxis(
          positions: axis.list ?? [], unit: settings.unit(named: AxisUnit(named: unit))), rows,
        besides: axis, notes)
    }
    let first = table.column(0)
    if Self.isEven(first), first[1] != first[0] {
      return try dataset(
        SpectralAxis(positions: first, unit: settings.unit(named: nil)),
        (1..<table.columns).map(table.column), besides: nil,
        notes + ["the first column of \(table.array.name) holds the positions"])
    }
    if Self.isEven(table.row(0)) {
      return try dataset(
        SpectralAxis(positions: table.row(0), unit: settings.unit(named: nil)),
        (1..<table.rows).map(table.row), besides: nil,
        notes + ["the first row of \(table.array.name) holds the positions"])
    }
    return try dataset(
      SpectralAxis(indexCount: table.columns), (0..<table.rows).map(table.row), besides: nil,
      notes + ["no list of \(table.columns) positions is in the file; points are counted"])
  }

  /// The list that fits the matrix, by its name or because it is the only one in order.
  private func axisList() -> NamedArray? {
    for count in [table.columns, table.rows] {
      let lists = arrays.filter { $0.list?.count == count && Self.isOrdered($0.list ?? []) }
      if let named = lists.first(where: Self.isAxis) { return named }
      let plain = lists.filter { $0.shortName != "include" }
      if plain.count == 1, count == table.columns || table.rows != table.columns {
        // Beside the spectra a list in order may count samples or times.
        if count == table.columns { return plain[0] }
      }
    }
    return nil
  }

  /// A text that names the unit of an axis: beside it in a list, or in the same structure.
  private func unitText(beside axis: NamedArray) -> String? {
    if axis.name.hasSuffix(",1}") {
      return text(String(axis.name.dropLast(3)) + ",2}")
    }
    return siblingText(["xunit", "xunits", "axisunit", "unit", "units"], axis.parent)
  }

  private func siblingText(_ names: [String], _ parent: String) -> String? {
    arrays.first { $0.parent == parent && names.contains($0.shortName.replacing("_", with: "")) }
      .flatMap { text($0.name) }
  }

  private func text(_ name: String) -> String? {
    guard case .texts(let texts)? = arrays.first(where: { $0.name == name })?.value else {
      return nil
    }
    return texts.first
  }

  private func dataset(
    _ axis: SpectralAxis, _ rows: [[Double]], besides list: NamedArray?, _ notes: [String]
  ) throws(SpectrumError) -> SpectralDataset {
    let columns = arrays.compactMap { array -> SpectralDataset.MetadataColumn? in
      guard array.name != list?.name, array.name != table.array.name, array.shortName != "include"
      else { return nil }
      if case .texts(let texts) = array.value, texts.count == rows.count, rows.count > 1 {
        return .init(name: array.shortName, values: texts)
      }
      guard let numbers = array.list, numbers.count == rows.count else { return nil }
      return .init(
        name: array.shortName, values: numbers.map { $0.isFinite ? ShortNumber.text($0) : "" })
    }
    var fields = ["VARIABLE": table.array.name]
    fields[SpectrumProvenance.ordinateField] = siblingText(
      ["yunit", "yunits", "ylabel"], table.array.parent)
    return try SpectralDataset(
      axis: axis, rows: rows.map { $0.map { Float($0) } }, names: columns.spectrumNames,
      metadata: columns,
      provenance: rows.indices.map { SpectrumProvenance(record: $0 + 1, fields: fields) }
    ).noting(notes)
  }
}
