/// One labeled record of a JCAMP-DX file: `##LABEL= value` and the lines below it.
struct JCAMPRecord {
  /// The label in capitals without blanks, hyphens, slashes and underscores.
  let label: String

  /// The label as it is written.
  let writtenLabel: String

  /// The line of the label, from 1.
  let line: Int

  /// The text behind the equals sign, then the lines below, without comments.
  var lines: [TextLines.Line]

  /// The first line of the value.
  var value: String { String(decoding: lines[0].text, as: UTF8.self) }

  /// All lines of the value, separated by blanks.
  var text: String {
    lines.lazy.filter { !$0.text.isEmpty }.map { String(decoding: $0.text, as: UTF8.self) }
      .joined(separator: " ")
  }

  /// Splits a file into records; what stands in front of the first is left out.
  static func records(_ bytes: [UInt8]) -> [JCAMPRecord] {
    var records: [JCAMPRecord] = []
    for line in TextLines(bytes) {
      let text = withoutComment(line.text)
      if text.starts(with: [0x23, 0x23]), let equals = text.firstIndex(of: UInt8(ascii: "=")) {
        let written = text[(text.startIndex + 2)..<equals]
        records.append(
          JCAMPRecord(
            label: normalized(written), writtenLabel: String(decoding: written, as: UTF8.self),
            line: line.number,
            lines: [TextLines.Line(number: line.number, text: trimmed(text[(equals + 1)...]))]))
      } else if !records.isEmpty, !text.isEmpty {
        records[records.count - 1].lines.append(TextLines.Line(number: line.number, text: text))
      }
    }
    return records
  }

  private static func normalized(_ label: ArraySlice<UInt8>) -> String {
    let dropped = Array(" -/_\t".utf8)
    return String(decoding: label.filter { !dropped.contains($0) }, as: UTF8.self).uppercased()
  }

  private static func withoutComment(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let dollar = text.firstIndex(of: 0x24) else { return text }
    for index in dollar..<text.endIndex
    where text[index] == 0x24 && index + 1 < text.endIndex && text[index + 1] == 0x24 {
      return trimmed(text[..<index])
    }
    return text
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text
    while let first = text.first, first == 0x20 || first == 0x09 { text.removeFirst() }
    while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
    return text
  }
}

/// One block of a JCAMP-DX file, from `##TITLE=` to `##END=`.
struct JCAMPBlock {
  /// The line of the title, from 1.
  let line: Int

  /// The records, the title included.
  var records: [JCAMPRecord]

  /// Whether the file ends before the block does.
  var isUnended = false

  /// The first record with a label.
  subscript(label: String) -> JCAMPRecord? { records.first { $0.label == label } }

  /// The number in a record; nil when there is no such record or it is empty.
  ///
  /// - Throws: `SpectrumError` when the record holds something else.
  func number(_ label: String) throws(SpectrumError) -> Double? {
    guard let record = self[label], !record.value.isEmpty else { return nil }
    let text = Array(record.value.utf8)
    var numbers = NumberReader()
    // A unit may follow the number.
    let end = text.firstIndex { $0 == 0x20 || $0 == 0x09 } ?? text.count
    guard let number = numbers.number(text, 0..<end) else {
      throw SpectrumError(
        .malformedFile,
        "line \(record.line): ##\(record.writtenLabel)= \"\(record.value.prefix(40))\" is no number",
        line: record.line)
    }
    return number
  }

  private static let commaLabels: Set = [
    "FIRSTX", "LASTX", "DELTAX", "XFACTOR", "YFACTOR", "FIRSTY", "MINX", "MAXX", "MINY", "MAXY",
  ]

  /// Whether numbers of records have decimal commas and none a point.
  var hasDecimalCommas: Bool {
    let values = records.filter { Self.commaLabels.contains($0.label) }.map(\.value)
    return values.contains { $0.contains(",") } && !values.contains { $0.contains(".") }
  }

  /// The block with points instead of commas in a record of data.
  func withDecimalPoints(in label: String) -> JCAMPBlock {
    var block = self
    for index in records.indices where records[index].label == label {
      block.records[index].lines = records[index].lines.enumerated().map { place, line in
        guard place > 0 else { return line }
        let text = line.text.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
        return TextLines.Line(number: line.number, text: text[...])
      }
    }
    return block
  }

  /// The blocks of a file that hold no other blocks, in order.
  ///
  /// - Throws: `SpectrumError` when a block ends that has not started, or too many lie in each other.
  static func blocks(_ bytes: [UInt8]) throws(SpectrumError) -> [JCAMPBlock] {
    var open: [JCAMPBlock] = []
    var closed: [JCAMPBlock] = []
    for record in JCAMPRecord.records(bytes) {
      if record.label == "TITLE" {
        guard open.count < 32 else {
          throw SpectrumError(
            .malformedFile, "line \(record.line): more than 32 blocks inside each other",
            line: record.line)
        }
        open.append(JCAMPBlock(line: record.line, records: [record]))
      } else if record.label == "END" {
        guard let block = open.popLast() else {
          throw SpectrumError(
            .malformedFile, "line \(record.line): ##END= without a ##TITLE= before it",
            line: record.line)
        }
        closed.append(block)
      } else if !open.isEmpty {
        open[open.count - 1].records.append(record)
      }
    }
    for var block in open.reversed() {
      block.isUnended = true
      closed.append(block)
    }
    return closed
  }
}
