/// Finds the columns of a table whose headers are the positions of an axis.
///
/// Such headers are numbers, alone (`852.5`) or with the same text before or after each
/// (`852 nm`, `X852`, `p17`); thousands may be marked (`1,852.5`) if that gives an axis.
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

  /// What was read into the headers, if that is worth a word.
  let notes: [String]

  /// Marks that may stand between thousands.
  private static let groupingMarks: [Character] = [",", ".", "'", "’", " "]

  /// Finds the columns, or gives nil when fewer than two headers are positions.
  ///
  /// - Parameter headers: The cells of the first line.
  /// - Throws: `SpectrumError` when another header stands between positions, or one beside them looks
  ///   like another position but cannot be read: half of an axis is never taken for the whole.
  init?(_ headers: [String]) throws(SpectrumError) {
    let plain = HeaderGroup(headers)
    if let plain, plain.isAxis, plain.stranger(among: headers) == nil {
      self.init(plain, notes: [])
      return
    }
    for mark in Self.groupingMarks where headers.contains(where: { $0.contains(mark) }) {
      guard let group = HeaderGroup(headers.map { ThousandsText.without(mark, $0) }),
        group.isAxis, group.stranger(among: headers) == nil,
        group.members.count >= plain?.members.count ?? 0
      else { continue }
      self.init(
        group,
        notes: [
          "\"\(mark)\" in positions is read as a mark of thousands: "
            + "\(ShortNumber.text(group.numbers[0])) … "
            + ShortNumber.text(group.numbers[group.numbers.count - 1])
        ])
      return
    }
    guard let plain else { return nil }
    if let stranger = plain.stranger(among: headers) {
      throw Self.error(stranger, headers, plain)
    }
    if let count = plain.numbersBeforeAxis { throw Self.error(before: count, headers, plain) }
    self.init(plain, notes: [])
  }

  /// What is wrong where the first headers are numbers but no positions, such as years.
  private static func error(
    before count: Int, _ headers: [String], _ group: HeaderGroup
  ) -> SpectrumError {
    let (first, start) = (group.members[0], group.members[count])
    let last = group.members[group.members.count - 1]
    return SpectrumError(
      .malformedFile,
      "line 1, column \(first + 1): \"\(headers[first].prefix(40))\" is a number as the positions "
        + "\"\(headers[start])\" … \"\(headers[last])\" are, but does not stand in their order; if it is "
        + "the name of a column, such as a year, give it a name with letters",
      line: 1, column: first + 1)
  }

  private init(_ group: HeaderGroup, notes: [String]) {
    columns = group.members[0]..<group.members[group.members.count - 1] + 1
    positions = group.numbers
    prefix = group.prefix
    unit = AxisUnit(named: group.prefix) ?? AxisUnit(named: group.suffix)
    let start = positions[0]
    isCount =
      (start == 0 || start == 1)
      && positions.enumerated().allSatisfy { $1 == start + Double($0) }
    self.notes = notes
  }

  private static func error(
    _ stranger: Int, _ headers: [String], _ group: HeaderGroup
  ) -> SpectrumError {
    let (first, last) = (group.members[0], group.members[group.members.count - 1])
    let isInside = (first...last).contains(stranger)
    return SpectrumError(
      .malformedFile,
      "line 1, column \(stranger + 1): \"\(headers[stranger].prefix(40))\" "
        + (isInside
          ? "stands between the positions \"\(headers[first])\" and \"\(headers[last])\"; move it to "
            + "the front"
          : "stands beside the positions \"\(headers[first])\" … \"\(headers[last])\" and looks like "
            + "another one, but is written differently; write all positions alike, or rename the column"),
      line: 1, column: stranger + 1)
  }
}

/// The most headers that are numbers with the same text around them.
private struct HeaderGroup {
  let members: [Int]
  let numbers: [Double]
  let prefix: String
  let suffix: String

  init?(_ headers: [String]) {
    let parts = headers.map(NumberedHeader.init)
    var groups: [String: [Int]] = [:]
    for (column, part) in parts.enumerated() {
      if let part { groups[part.affixes, default: []].append(column) }
    }
    guard
      let (_, members) = groups.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }),
      members.count > 1, let part = parts[members[0]]
    else { return nil }
    self.members = members
    numbers = members.compactMap { parts[$0]?.number }
    (prefix, suffix) = (part.prefix, part.suffix)
  }

  /// Whether the numbers rise or fall; some may be repeated.
  var isAxis: Bool {
    let steps = zip(numbers, numbers.dropFirst()).map { $1 - $0 }
    return steps.allSatisfy { $0 >= 0 } || steps.allSatisfy { $0 <= 0 }
  }

  /// How many numbers, three at most, stand in front of evenly spaced positions without being any; nil
  /// where all are positions, or none.
  var numbersBeforeAxis: Int? {
    guard !isAxis else { return nil }
    return (1...3).first { count in
      let rest = numbers.dropFirst(count)
      let steps = zip(rest, rest.dropFirst()).map { $1 - $0 }
      guard steps.count > 3, let least = steps.min(), let most = steps.max() else { return false }
      return least * most > 0 && abs(most - least) <= 0.2 * max(abs(most), abs(least))
    }
  }

  /// The first header that stands between the positions, or right beside them and looks like one.
  func stranger(among headers: [String]) -> Int? {
    let (first, last) = (members[0], members[members.count - 1])
    if last - first + 1 != members.count {
      let known = Set(members)
      return (first...last).first { !known.contains($0) }
    }
    if last + 1 < headers.count, looksLikeNumber(headers[last + 1]) { return last + 1 }
    if first > 0, looksLikeNumber(headers[first - 1]) { return first - 1 }
    return nil
  }

  /// Whether a header has the text of the group around nothing but digits and marks.
  private func looksLikeNumber(_ header: String) -> Bool {
    guard header.hasPrefix(prefix), header.hasSuffix(suffix),
      header.count > prefix.count + suffix.count
    else { return false }
    let rest = header.dropFirst(prefix.count).dropLast(suffix.count)
    return rest.first?.isNumber == true
      && rest.allSatisfy { $0.isNumber || ".,'’ \u{A0}\u{202F}eE+-".contains($0) }
  }
}

/// Numbers with marks between thousands.
private enum ThousandsText {
  /// The text without a mark wherever it stands between digits, three of which follow it.
  static func without(_ mark: Character, _ text: String) -> String {
    let characters = Array(text)
    func isDigit(_ index: Int) -> Bool {
      characters.indices.contains(index) && characters[index].isASCII && characters[index].isNumber
    }
    var result = ""
    for (index, character) in characters.enumerated() {
      let isMark =
        character == mark
        || (mark == " " && ["\u{A0}", "\u{202F}", "\u{2009}"].contains(character))
        || (mark == "'" && character == "’")
      let isGrouping =
        isMark && isDigit(index - 1) && (1...3).allSatisfy { isDigit(index + $0) }
        && !isDigit(index + 4)
      if !isGrouping { result.append(character) }
    }
    return result
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
