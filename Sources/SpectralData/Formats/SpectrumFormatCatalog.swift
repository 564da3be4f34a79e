public import Catalogs
import Foundation
import TensorCore

/// All file formats of spectra; help, reading, writing and contract tests read it.
public enum SpectrumFormatCatalog {
  /// The entries in the order in which they are tried; tables of text come last because any text
  /// may be one.
  public static let entries = Catalog<SpectrumFormatEntry>(
    "format",
    [
      NPYSpectrumFormat.entry,
      XLSXSpectrumFormat.entry,
      NPZSpectrumFormat.entry,
      OPUSSpectrumFormat.entry,
      WDFSpectrumFormat.entry,
      OMNICSpectrumFormat.entry,
      PerkinElmerSpectrumFormat.entry,
      MATLABSpectrumFormat.entry,
      ENVISpectrumFormat.entry,
      SPCSpectrumFormat.entry,
      JCAMPSpectrumFormat.entry,
      TimeSeriesFormat.entry,
      LongTableFormat.entry,
      InstrumentTextFormat.entry,
      UCRSpectrumFormat.entry,
      CSVSpectrumFormat.entry,
    ])

  /// The usual ends of names of files that hold spectra, in small letters without the dot.
  public static var suffixes: Set<String> { Set(entries.flatMap(\.suffixes)) }

  /// The format with an id.
  ///
  /// - Parameter id: Such as `jcamp-dx`.
  /// - Returns: Its entry.
  /// - Throws: `SpectrumError` with code `unknownFormat` when there is none.
  public static func format(_ id: String) throws(SpectrumError) -> SpectrumFormatEntry {
    guard let entry = entries[id.lowercased()] else {
      throw SpectrumError(.unknownFormat, entries.absence(of: id))
    }
    return entry
  }

  /// The format that the bytes of a file are in, whatever the file is called.
  ///
  /// - Parameter bytes: All bytes of the file.
  /// - Returns: Its entry.
  /// - Throws: `SpectrumError` with code `unknownFormat` or `unsupportedFile`, saying which format it
  ///   is if that can be told.
  public static func recognized(_ bytes: [UInt8]) throws(SpectrumError) -> SpectrumFormatEntry {
    guard !bytes.isEmpty else { throw SpectrumError(.malformedFile, "the file is empty") }
    if let entry = entries.first(where: { $0.recognizes(bytes) }) { return entry }
    for (magic, what) in foreignFormats where bytes.starts(with: magic) {
      throw SpectrumError(
        .unsupportedFile, "\(what); export the spectra as JCAMP-DX, SPC or CSV")
    }
    throw SpectrumError(
      .unknownFormat,
      "in none of the known formats (\(entries.ids.joined(separator: ", "))), "
        + "or text that is not UTF-8; export the spectra as CSV")
  }

  private static let foreignFormats: [([UInt8], String)] = [
    ([0xD0, 0xCF, 0x11, 0xE0], "an OLE container, as Shimadzu and old Office programs write it"),
    (Array("MATLAB 7.3".utf8), "a MATLAB file of version 7.3 (HDF5); save it with -v7"),
    ([0x89, 0x48, 0x44, 0x46], "an HDF5 file"),
  ]

  /// Reads a file: one data set for each axis in it.
  ///
  /// - Parameters:
  ///   - path: The file; its contents, not its name, tell the format.
  ///   - settings: What is known about the file.
  /// - Returns: At least one data set of at least one spectrum, with file and record in its provenance.
  /// - Throws: `SpectrumError` naming the file, and the line where there is one.
  public static func readAll(
    _ path: String, _ settings: SpectrumReadingSettings = SpectrumReadingSettings()
  ) throws(SpectrumError) -> [SpectralDataset] {
    try readWithFormat(path, settings).parts
  }

  /// Reads a file as `readAll`, and says which format it is in.
  package static func readWithFormat(
    _ path: String, _ settings: SpectrumReadingSettings = SpectrumReadingSettings()
  ) throws(SpectrumError) -> (format: SpectrumFormatEntry, parts: [SpectralDataset]) {
    var settings = settings
    settings.fileName = SpectrumFile.name(path)
    let paired = try pair(path, settings)
    let (format, decoded) = if let paired { paired } else { try single(path, settings) }
    let parts = decoded.filter { !$0.rows.isEmpty }
    guard !parts.isEmpty else {
      throw SpectrumError(.malformedFile, "there is no spectrum in the file").located(at: path)
    }
    return (format, parts.map { $0.located(in: path) })
  }

  /// The spectra in a file and those that belong to it; nil when it is none of several.
  private static func pair(
    _ path: String, _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> (SpectrumFormatEntry, [SpectralDataset])? {
    do throws(SpectrumError) {
      for entry in entries {
        if let parts = try entry.decodePair?(path, settings) { return (entry, parts) }
      }
      return nil
    } catch {
      throw error.located(at: path)
    }
  }

  /// The files without those that are read with another one of them, as the positions of WITec's texts
  /// are with their intensities.
  package static func withoutCompanions(_ paths: [String]) -> [String] {
    let known = Set(paths)
    return paths.filter { path in WITecPair.main(of: path).map(known.contains) != true }
  }

  /// The spectra in one file.
  private static func single(
    _ path: String, _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> (SpectrumFormatEntry, [SpectralDataset]) {
    try WideTable.check(path)
    let bytes = SpectrumText.utf8(try SpectrumFile.bytes(path))
    do throws(SpectrumError) {
      let entry = try recognized(bytes)
      return (entry, try entry.decode(bytes, settings))
    } catch {
      throw error.located(at: path)
    }
  }

  /// Reads a file whose spectra lie on one axis, or are to be brought to one.
  ///
  /// - Parameters:
  ///   - path: The file; its contents, not its name, tell the format.
  ///   - settings: What is known about the file.
  /// - Returns: At least one spectrum, with file and record in the provenance.
  /// - Throws: `SpectrumError` naming the file, and the line where there is one; with code
  ///   `invalidAxis` when the spectra lie on different axes and `settings` do not allow to interpolate.
  public static func read(
    _ path: String, _ settings: SpectrumReadingSettings = SpectrumReadingSettings()
  ) throws(SpectrumError) -> SpectralDataset {
    try join(readAll(path, settings), settings, paths: [path])
  }

  /// Reads several files into one data set, in order.
  ///
  /// - Parameters:
  ///   - paths: The files, at least one.
  ///   - settings: What is known about all of them.
  /// - Returns: All their spectra, with file and record in the provenance.
  /// - Throws: `SpectrumError` naming the file; with code `invalidAxis` when axes differ and `settings`
  ///   do not allow to interpolate.
  public static func read(
    _ paths: [String], _ settings: SpectrumReadingSettings = SpectrumReadingSettings()
  ) throws(SpectrumError) -> SpectralDataset {
    var parts: [SpectralDataset] = []
    for path in paths { parts += try readAll(path, settings) }
    return try join(parts, settings, paths: paths)
  }

  /// Puts data sets that were read into one, in order.
  ///
  /// - Parameters:
  ///   - parts: At least one.
  ///   - settings: Whether spectra may be brought to a common axis.
  ///   - paths: The files that they come from, for the error.
  /// - Returns: All spectra.
  /// - Throws: `SpectrumError` naming the file, or how many they are; with code `invalidAxis` when axes
  ///   differ and `settings` do not allow to interpolate.
  public static func join(
    _ parts: [SpectralDataset], _ settings: SpectrumReadingSettings, paths: [String]
  ) throws(SpectrumError) -> SpectralDataset {
    if parts.count == 1 { return parts[0] }
    do throws(SpectrumError) {
      guard settings.interpolatesToCommonAxis else { return try SpectralDataset(joining: parts) }
      let common = try SpectralAxis(commonTo: parts.map(\.axis))
      var brought: [SpectralDataset] = []
      for part in parts { brought.append(try part.interpolated(to: common)) }
      return try SpectralDataset(joining: brought)
    } catch {
      throw error.located(at: paths.count == 1 ? paths[0] : "\(paths.count) files")
    }
  }

  /// Writes spectra in the format that the end of the file's name stands for.
  ///
  /// - Parameters:
  ///   - dataset: The spectra.
  ///   - path: Where to write; an existing file is replaced at the end.
  ///   - id: The format, or nil for the one that the name stands for (`.csv`, `.jdx`, `.npz`…).
  /// - Throws: `SpectrumError` with code `unknownFormat` when the name stands for none that can be
  ///   written, or `unwritable` when the file cannot be written or the format cannot hold the spectra.
  public static func write(
    _ dataset: SpectralDataset, to path: String, format id: String? = nil
  ) throws(SpectrumError) {
    let suffix = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    let named = try id.map { id throws(SpectrumError) in try format(id) }
    guard
      let entry = named ?? entries.last(where: { $0.isWritable && $0.suffixes.contains(suffix) }),
      let encode = entry.encode
    else {
      let names = entries.filter(\.isWritable).map { "\($0.id) (.\($0.suffixes[0]))" }
      throw SpectrumError(
        .unknownFormat,
        "\(path): no format to write it in; there are \(names.joined(separator: ", "))")
    }
    do throws(SpectrumError) {
      try SpectrumFile.write(encode(dataset), to: path)
    } catch {
      throw error.located(at: path)
    }
  }
}

/// Files as bytes.
enum SpectrumFile {
  /// All bytes of a regular file, unpacked if gzip has compressed it.
  static func bytes(_ path: String) throws(SpectrumError) -> [UInt8] {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path) else {
      throw SpectrumError(.unreadable, "\(path): no such file, or it may not be read")
    }
    guard attributes[.type] as? FileAttributeType == .typeRegular else {
      throw SpectrumError(.unreadable, "\(path): not a regular file; name a file of spectra")
    }
    guard let data = try? Data(contentsOf: url) else {
      throw SpectrumError(.unreadable, "\(path): cannot be read; check its permissions")
    }
    let bytes = [UInt8](data)
    guard bytes.starts(with: [0x1F, 0x8B]) else { return bytes }
    guard let unpacked = Zlib.unpacked(bytes, bytes.indices, limit: 1 << 31) else {
      throw SpectrumError(
        .malformedFile, "\(path): the compressed file is damaged, or holds more than 2 GB")
    }
    return unpacked
  }

  /// What a file is called, without its folders and the end of a compressed one.
  static func name(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }

  /// Writes a file through a temporary one, so that no part of a file is ever left behind.
  static func write(_ bytes: [UInt8], to path: String) throws(SpectrumError) {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw SpectrumError(.unwritable, "cannot be written: \(error.localizedDescription)")
    }
  }
}

extension SpectralAxis {
  /// Those positions of the first axis that lie in the range of every axis.
  ///
  /// - Parameter axes: At least one.
  /// - Throws: `SpectrumError` with code `invalidAxis` when units differ or nothing is shared.
  public init(commonTo axes: [SpectralAxis]) throws(SpectrumError) {
    let first = axes[0]
    if let other = axes.first(where: { $0.unit != first.unit }) {
      throw SpectrumError(
        .invalidAxis, "some spectra have an axis of \(first.label), others of \(other.label)")
    }
    let low = axes.map(\.range.lowerBound).max() ?? 0
    let high = axes.map(\.range.upperBound).min() ?? 0
    let shared = first.positions.filter { low <= $0 && $0 <= high }
    guard !shared.isEmpty else {
      throw SpectrumError(.invalidAxis, "no position is covered by all spectra")
    }
    try self.init(positions: shared, unit: first.unit)
  }
}
