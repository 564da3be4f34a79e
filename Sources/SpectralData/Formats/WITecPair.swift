import Foundation

/// Reads spectra that WITec Project exports as three texts: a header, positions and intensities.
enum WITecPair {
  private static let ends = ["Y-Axis", "X-Axis", "Header"]

  /// The file of intensities that a file of positions or a header belongs to; nil when it is none of
  /// such files, or stands alone.
  static func main(of path: String) -> String? {
    for end in ["X-Axis.txt", "Header.txt"] where path.hasSuffix("_" + end) {
      let base = path.dropLast(end.count)
      let files = ["X-Axis.txt", "Y-Axis.txt"].map { String(base + $0) }
      return files.allSatisfy(FileManager.default.fileExists) ? files[1] : nil
    }
    return nil
  }

  /// The spectrum to which a file belongs; nil when it is none of such files.
  static func decode(
    _ path: String, _ settings: SpectrumReadingSettings
  ) throws(SpectrumError) -> [SpectralDataset]? {
    guard path.hasSuffix(".txt"),
      let end = ends.first(where: { path.dropLast(4).hasSuffix("_" + $0) })
    else { return nil }
    let base = String(path.dropLast(4 + end.count))
    let (x, y) = (base + "X-Axis.txt", base + "Y-Axis.txt")
    guard FileManager.default.fileExists(atPath: x), FileManager.default.fileExists(atPath: y)
    else {
      return nil
    }
    let (positions, values) = (try numbers(x), try numbers(y))
    guard positions.count == values.count else {
      throw SpectrumError(
        .lengthMismatch,
        "\(values.count) intensities stand beside \(positions.count) positions in \(SpectrumFile.name(x))"
      )
    }
    var fields: [String: String] = [:]
    if let header = try? SpectrumFile.bytes(base + "Header.txt") {
      for line in TextLines(header) {
        let parts = String(text: line.text).split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { continue }
        fields[String(parts[0]).trimming(where: \.isWhitespace)] = String(parts[1]).trimming(
          where: \.isWhitespace)
      }
    }
    fields[SpectrumProvenance.ordinateField] = fields["DataUnit"]
    let unit = try settings.unit(named: fields["XAxisUnit"].flatMap(AxisUnit.init(named:)))
    return [
      try SpectralDataset(
        axis: SpectralAxis(positions: positions, unit: unit), rows: [values.map { Float($0) }],
        names: fields["GraphName"].map { [$0] },
        provenance: [SpectrumProvenance(record: 1, fields: fields)])
    ]
  }

  private static func numbers(_ path: String) throws(SpectrumError) -> [Double] {
    let bytes = try SpectrumFile.bytes(path)
    var reader = NumberReader()
    var numbers: [Double] = []
    for line in TextLines(bytes) where !line.text.isEmpty {
      guard let number = reader.number(bytes, line.text.indices) else {
        throw SpectrumError(
          .invalidCell, "\(SpectrumFile.name(path)), line \(line.number) is no number",
          line: line.number)
      }
      numbers.append(number)
    }
    return numbers
  }
}
