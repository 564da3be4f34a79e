import TensorCore

/// Reads and writes spectra as named NumPy arrays.
///
/// The spectra are the array `X` (or `spectra`, `intensities`, `data`; or the only one with two axes);
/// a list with one number per point is the axis, and its name gives the unit (`wavenumber`,
/// `raman_shift`, `wavelength_nm`, `wavelength_um`; `axis` for none). Lists with one entry per spectrum
/// are the columns beside the spectra.
enum NPZSpectrumFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "npz", summary: "named NumPy arrays: X, an axis such as wavenumber, labels and targets",
    suffixes: ["npz"],
    recognizes: {
      $0.starts(with: [0x50, 0x4B, 0x03, 0x04]) || $0.starts(with: [0x50, 0x4B, 0x05, 0x06])
    },
    decode: { bytes, settings throws(SpectrumError) in
      do throws(TensorError) {
        let archive = try NPZArchive(bytes)
        var files: [(name: String, file: NPYFile)] = []
        for name in archive.names { files.append((name, try archive.file(name))) }
        return [try spectra(files, settings)]
      } catch {
        throw SpectrumError(error)
      }
    },
    encode: { dataset throws(SpectrumError) in try encode(dataset) })

  private typealias Member = (name: String, file: NPYFile)

  private static let spectraNames = ["x", "spectra", "intensities", "data", "rows", "absorbance"]

  private static func spectra(
    _ members: [Member], _ settings: SpectrumReadingSettings
  ) throws(TensorError) -> SpectralDataset {
    let tables = members.filter { $0.file.shape.rank > 1 && $0.file.texts == nil }
    let named = tables.filter { spectraNames.contains($0.name.lowercased()) }
    guard let table = named.first ?? (tables.count == 1 ? tables[0] : nil) else {
      throw TensorError(
        .malformedFile,
        "none of the arrays \(members.map(\.name).joined(separator: ", ")) is known to hold spectra; "
          + "call it X, with the shape [spectra, points]")
    }
    let rows = try NPYSpectrumFormat.rows(table.file, table.name)
    guard let points = rows.first?.count else {
      throw TensorError(.malformedFile, "the array \(table.name) is empty")
    }
    let lists = members.filter { $0.file.shape.rank == 1 }
    let axisList = lists.first { $0.file.shape[0] == points && isAxisName($0.name) }
    let columns = lists.filter { $0.name != axisList?.name && $0.file.shape[0] == rows.count }
    do throws(SpectrumError) {
      let axis = try axisList.map { list throws(SpectrumError) in try self.axis(list, settings) }
      let metadata = columns.map(column)
      return try SpectralDataset(
        axis: axis ?? SpectralAxis(indexCount: points), rows: rows,
        names: metadata.spectrumNames, metadata: metadata, roles: roles(columns, metadata))
    } catch {
      throw TensorError(.malformedFile, error.description)
    }
  }

  private static func isAxisName(_ name: String) -> Bool {
    let name = name.lowercased()
    return AxisUnit(named: name) != nil
      || ["axis", "x", "positions", "wavelength", "shift", "frequency", "index"].contains {
        name == $0 || name == $0 + "s"
      }
  }

  private static func axis(
    _ list: Member, _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> SpectralAxis {
    guard let positions = list.file.doubles else {
      throw SpectrumError(.invalidAxis, "the array \(list.name) holds texts, not positions")
    }
    return try SpectralAxis(
      positions: positions, unit: settings.unit(named: AxisUnit(named: list.name)))
  }

  private static func column(_ list: Member) -> SpectralDataset.MetadataColumn {
    if let texts = list.file.texts { return .init(name: list.name, values: texts) }
    if let integers = try? list.file.integers {
      return .init(name: list.name, values: integers.map { "\($0)" })
    }
    let numbers = (list.file.doubles ?? []).map { $0.isFinite ? ShortNumber.text($0) : "" }
    return .init(name: list.name, values: numbers)
  }

  /// Whole numbers called `y` are classes, as is the custom.
  private static func roles(
    _ lists: [Member], _ columns: [SpectralDataset.MetadataColumn]
  ) -> ColumnRoles {
    var roles = ColumnRoles(recognizing: columns)
    if roles.label == nil, let y = lists.first(where: { $0.name.lowercased() == "y" }),
      (try? y.file.integers) != nil
    {
      roles.label = y.name
      roles.targets.removeAll { $0 == y.name }
    }
    return roles
  }

  /// The bytes of an archive: `X`, the axis, the targets as numbers, and all other columns as texts.
  ///
  /// - Throws: `SpectrumError` with code `unwritable` when two columns have one name.
  static func encode(_ dataset: SpectralDataset) throws(SpectrumError) -> [UInt8] {
    let shape: Shape = [dataset.rows.count, dataset.axis.count]
    var arrays: [(String, NPYContents)] = [
      ("X", .tensor(Tensor(shape: shape, elements: dataset.rows.elements))),
      (axisName(dataset.axis.unit), .doubles(dataset.axis.positions)),
    ]
    if let names = dataset.names, dataset.metadata.spectrumNames != names {
      arrays.append(("name", .texts(names)))
    }
    for column in dataset.metadata {
      let isTarget = dataset.roles.targets.contains(column.name)
      let numbers = isTarget ? column.measurements : nil
      let contents = numbers.map { NPYContents.doubles($0.map { $0 ?? .nan }) }
      arrays.append((column.name, contents ?? .texts(column.values)))
    }
    do throws(TensorError) {
      return try NPZArchive.bytes(of: arrays)
    } catch {
      throw SpectrumError(error)
    }
  }

  private static func axisName(_ unit: AxisUnit) -> String {
    switch unit {
    case .reciprocalCentimeter: "wavenumber"
    case .ramanShift: "raman_shift"
    case .nanometer: "wavelength_nm"
    case .micrometer: "wavelength_um"
    case .index: "axis"
    }
  }
}

/// Numbers as short texts that stand for exactly the same number.
enum ShortNumber {
  /// The fewest digits that identify the number, without `.0`.
  static func text(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The fewest digits that identify the number, without `.0`.
  static func text(_ number: Float) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
