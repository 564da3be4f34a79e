import Foundation

/// Reads what is known of pictures or spectra.
package enum TruthFile {
  /// Reads a file or folder; the content decides which form it has, not the name.
  ///
  /// A folder with one table or one COCO JSON directly in it is that file.
  ///
  /// - Parameter path: The file or folder.
  /// - Returns: What it says.
  /// - Throws: `TruthError` naming the file and what is wrong with it.
  package static func read(_ path: String) throws(TruthError) -> GroundTruth {
    let source = try TruthSource(path)
    if let table = source.tableOfFolder { return try read(table) }
    guard let format = TruthFormatCatalog.entries.first(where: { $0.recognizes(source) }) else {
      throw TruthError(
        .unknownFormat,
        "\(path): \(source.isEmpty ? "is empty" : "is in no form of truth that is read"). Give "
          + TruthFormatCatalog.entries.map(\.summary).joined(separator: "; ") + ".")
    }
    do throws(TruthError) {
      return try format.read(source)
    } catch {
      throw error.description.hasPrefix(path) ? error : error.located(at: path)
    }
  }
}

/// A file or folder with what is in it.
struct TruthSource {
  /// Where it is.
  let path: String

  /// The files in a folder and in folders below, as paths from it, in order; nil for a file.
  let files: [String]?

  /// The bytes of a file; none for a folder.
  let bytes: [UInt8]

  /// Opens a file or folder.
  ///
  /// - Throws: `TruthError` when it is not there or cannot be read.
  init(_ path: String) throws(TruthError) {
    self.path = path
    let type = Self.type(of: path)
    guard let type else {
      throw TruthError(.unreadable, "\(path): there is no such file or folder of truth")
    }
    guard type == .typeDirectory else {
      files = nil
      bytes = try Self.contents(path)
      return
    }
    guard let found = FileManager.default.enumerator(atPath: path) else {
      throw TruthError(.unreadable, "\(path): cannot be read; check its permissions")
    }
    let names = found.compactMap { $0 as? String }
    files = names.filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } }.sorted()
    bytes = []
  }

  var isEmpty: Bool { bytes.isEmpty && (files ?? []).isEmpty }

  /// The files of a folder, or the file itself, whose names end so.
  func files(endingIn suffix: String) -> [String] {
    (files ?? [name]).filter { $0.lowercased().hasSuffix("." + suffix) }
  }

  /// The only file directly in a folder that is a table or a COCO JSON; nil where there is none, or several.
  var tableOfFolder: String? {
    let tables = [BoxTableFormat.entry, BandTableFormat.entry]
    let found = (files ?? []).filter { file in
      guard !file.contains("/"), file.hasSuffix(".csv") || file.hasSuffix(".json"),
        let source = try? TruthSource(path(of: file))
      else { return false }
      return tables.contains { $0.recognizes(source) } || COCOFormat.holdsAnnotations(source)
    }
    return found.count == 1 ? path(of: found[0]) : nil
  }

  /// The last part of the path.
  var name: String { URL(fileURLWithPath: path).lastPathComponent }

  /// The path of one of `files(endingIn:)`.
  func path(of file: String) -> String {
    files == nil ? path : URL(fileURLWithPath: path).appendingPathComponent(file).path
  }

  /// The bytes of a regular file.
  static func contents(_ path: String) throws(TruthError) -> [UInt8] {
    guard type(of: path) == .typeRegular,
      let data = try? Data(contentsOf: URL(fileURLWithPath: path))
    else {
      throw TruthError(.unreadable, "\(path): cannot be read; is it a file that you may read?")
    }
    return [UInt8](data)
  }

  /// Whether something is a file or a folder; nil where nothing is.
  private static func type(of path: String) -> FileAttributeType? {
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
    return attributes?[.type] as? FileAttributeType
  }

  /// The first byte that is no blank; nil where there is none.
  var firstByte: UInt8? {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    return start.prefix(4096).first { !(0x09...0x0D).contains($0) && $0 != 0x20 }
  }
}
