import Foundation

/// Refuses tables of text whose first line has more cells than a spectrum can have points, before
/// anything else of them is read.
enum WideTable {
  /// How many cells a line may have: the points of the longest spectrum, and columns beside it.
  static let greatestCellCount = 300_000

  /// How many bytes are looked at at once.
  private static let bytesAtOnce = 1 << 16

  /// Counts the cells of the first line of a file.
  ///
  /// - Throws: `SpectrumError` with code `unsupportedFile` that names the file.
  static func check(_ path: String) throws(SpectrumError) {
    // What cannot be read is told by whoever reads it.
    guard let file = FileHandle(forReadingAtPath: path) else { return }
    defer { try? file.close() }
    var (count, isEnded) = (1, false)
    while !isEnded, let bytes = try? file.read(upToCount: bytesAtOnce), !bytes.isEmpty {
      let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") && $0 != 0 }
      isEnded = line.count < bytes.count
      count += line.count {
        $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "\t")
      }
      guard count > greatestCellCount else { continue }
      throw SpectrumError(
        .unsupportedFile,
        "\(path): the first line has more than \(greatestCellCount) cells, and no spectrum so many "
          + "points; if spectra stand side by side, write one in each line")
    }
  }
}
