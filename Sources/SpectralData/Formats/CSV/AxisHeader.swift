/// Finds the columns of a table whose headers are the positions of an axis.
///
/// Such headers are numbers, alone (`852.5`) or with the same text before or after each
/// (`852 nm`, `X852`, `p17`).
struct AxisHeader {
  /// The columns that hold the points of a spectrum.
  let columns: Range<Int>

  /// The numbers in their headers.
  let positions: [Double]

  /// The text before each number.
  let prefix: String

  /// The unit that the headers name, or nil when they name none.
  let unit: AxisUnit?

  /// Whether the headers merely count the points: a name with 0, 1, 2… or 1, 2, 3….
  let isCount: Bool

  /// Finds the columns, or gives nil when fewer than two headers are positions.
  ///
  /// - Parameter headers: The cells of the first line.
  /// - Throws: `SpectrumError` when another header stands between positions.
  init?(_ headers: [String]) throws(SpectrumError) {
    let parts = headers.map(NumberedHeader.init)
    var groups: [String: [Int]] = [:]
    for (column, part) in parts.enumerated() {
      if let part { groups[part.affixes, default: []].append(column) }
    }
    guard
      let (_, members) = groups.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }),
      members.count > 1, let first = members.first, let last = members.last, let part = parts[first]
    else { return nil }
    guard last - first + 1 == members.count else {
      let stranger = (first...last).first { !members.contains($0) } ?? first
      throw SpectrumError(
        .malformedFile,
        "line 1, column \(stranger + 1): \"\(headers[stranger])\" stands between the positions "
          + "\"\(headers[first])\" and \"\(headers[last])\"; move it to the front",
        line: 1, column: stranger + 1)
    }
    columns = first..<last + 1
    positions = members.compactMap { parts[$0]?.number }
    prefix = part.prefix
    unit = AxisUnit(named: part.prefix) ?? AxisUnit(named: part.suffix)
    let start = positions[0]
    isCount =
      (start == 0 || start == 1)
      && positions.enumerated().allSatisfy { $1 == start + Double($0) }
  }
}

/// A header split into a number and the text around it.
private struct NumberedHeader {
  let prefix: String
  let number: Double
  let suffix: String

  /// What all headers of one axis have in common.
  var affixes: String { prefix + "\u{0}" + suffix }

  init?(_ header: String) {
    let bytes = Array(header.utf8)
    let isNumberByte: (UInt8) -> Bool = { (48...57).contains($0) || $0 == 46 || $0 == 44 }
    // The whole header first, so that "1e3" and "-5" are numbers too.
    var reader = NumberReader()
    if let number = reader.number(bytes, bytes.indices) {
      (prefix, self.number, suffix) = ("", number, "")
      return
    }
    guard var start = bytes.firstIndex(where: { (48...57).contains($0) }) else { return nil }
    // A leading sign belongs to the number; "X-5" is the text "X-" with a number.
    if start == 1, bytes[0] == UInt8(ascii: "-") { start = 0 }
    let end = bytes[(start + 1)...].firstIndex { !isNumberByte($0) } ?? bytes.count
    guard let number = reader.number(bytes, start..<end) else { return nil }
    prefix = String(decoding: bytes[..<start], as: UTF8.self)
    suffix = String(decoding: bytes[end...], as: UTF8.self)
    self.number = number
  }
}
