import Foundation

/// Reads ENVI images: a header of text (`.hdr`) and a raw cube beside it, one spectrum for each pixel.
///
/// Pixels come line by line; their places become columns. Either file may be named.
enum ENVISpectrumFormat {
  /// The catalog entry.
  static let entry = SpectrumFormatEntry(
    id: "envi",
    summary: "ENVI: a hyperspectral cube (dat, img, raw, bil, bip, bsq) beside its header",
    suffixes: ["img", "raw", "bil", "bip", "bsq"],
    recognizes: { isHeader($0) },
    decode: { _, _ throws(SpectrumError) in
      throw SpectrumError(
        .unsupportedFile,
        "an ENVI header without its cube; put the file with the same name and the end "
          + "\(rawSuffixes.joined(separator: ", ")) or none beside it")
    },
    encode: nil,
    decodePair: { path, settings throws(SpectrumError) in try decodePair(path, settings) })

  private static let rawSuffixes = ["dat", "img", "raw", "bil", "bip", "bsq", "bin", "cub"]

  private static func isHeader(_ bytes: [UInt8]) -> Bool {
    TextLines(Array(bytes.prefix(64))).first { _ in true }?.text.elementsEqual("ENVI".utf8) ?? false
  }

  private static func decodePair(
    _ path: String, _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> [SpectralDataset]? {
    guard let (header, raw) = pair(path), let text = try? SpectrumFile.bytes(header), isHeader(text)
    else { return nil }
    return [try ENVICube(ENVIHeader(text), SpectrumFile.bytes(raw)).dataset(settings)]
  }

  /// The header and the cube to which a file belongs; nil when one of them is absent.
  private static func pair(_ path: String) -> (header: String, raw: String)? {
    let exists = FileManager.default.fileExists(atPath:)
    let end = (path as NSString).pathExtension.lowercased()
    let base = (path as NSString).deletingPathExtension
    if end == "hdr" {
      let names = [base] + rawSuffixes.flatMap { ["\(base).\($0)", "\(base).\($0.uppercased())"] }
      return names.first(where: exists).map { (path, $0) }
    }
    guard end.isEmpty || rawSuffixes.contains(end) else { return nil }
    let names = [base + ".hdr", path + ".hdr", base + ".HDR", path + ".HDR"]
    return names.first(where: exists).map { ($0, path) }
  }
}

/// The entries `name = value` of an ENVI header, values in braces over several lines.
struct ENVIHeader {
  private var entries: [String: String] = [:]

  /// Reads a header.
  init(_ bytes: [UInt8]) {
    var open: String?
    for line in TextLines(bytes) {
      let text = String(text: line.text)
      if let name = open {
        entries[name, default: ""] += " " + text
      } else if let equals = text.firstIndex(of: "=") {
        let name = String(text[..<equals]).lowercased().trimming(where: \.isWhitespace)
        let value = String(text[text.index(after: equals)...]).trimming(where: \.isWhitespace)
        entries[name] = value
        if value.hasPrefix("{") { open = name }
      }
      if text.contains("}") { open = nil }
    }
  }

  /// A value without its braces; nil when there is none.
  subscript(name: String) -> String? {
    entries[name]?.trimming { "{} \t".contains($0) }
  }

  /// The parts of a value between commas.
  func list(_ name: String) -> [String]? {
    self[name]?.split(separator: ",").map { String($0).trimming(where: \.isWhitespace) }
  }

  /// A whole number from zero up; the standard when there is none.
  ///
  /// - Throws: `SpectrumError` when there is something else, or nothing and no standard.
  func count(_ name: String, _ standard: Int? = nil) throws(SpectrumError) -> Int {
    guard let number = self[name].map({ Int($0) }) ?? standard, (0...1 << 31).contains(number)
    else {
      throw SpectrumError(
        .malformedFile,
        "the ENVI header says \(name) = \(self[name] ?? "nothing"); a whole number is needed")
    }
    return number
  }
}
