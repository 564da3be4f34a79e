/// Lines of a text, those of nothing but numbers taken apart from all others.
struct TextTable {
  /// One line.
  struct Row {
    /// Its number, from 1.
    let line: Int

    /// Its cells as texts; none when it holds nothing but numbers.
    let cells: [String]

    /// Its numbers, NaN where a cell is empty; none when a cell holds something else.
    let numbers: [Double]

    /// Whether it starts with a mark of comments.
    let isComment: Bool

    var isNumeric: Bool { !numbers.isEmpty }
    var isBlank: Bool { numbers.isEmpty && cells.isEmpty }
    var cellCount: Int { max(cells.count, numbers.count) }
  }

  /// Numeric rows of equally many cells with nothing but comments and blank lines between them.
  struct Block {
    /// Their places among all rows.
    var rows: [Int]

    /// How many cells each has.
    let cellCount: Int
  }

  /// All lines.
  let rows: [Row]

  /// The blocks of numbers, from the top.
  let blocks: [Block]

  /// Takes a text apart.
  ///
  /// - Parameter bytes: In any encoding that has ASCII for numbers; zero bytes are left out.
  init(_ bytes: [UInt8]) {
    let bytes = bytes.contains(0) ? bytes.filter { $0 != 0 } : bytes
    let lines = TextLines(bytes, keepsBlanks: true).map(\.self)
    let style = TextStyle(bestFor: lines, in: bytes)
    rows = lines.map { style.row($0, in: bytes) }
    blocks = Self.blocks(rows)
  }

  /// The block with most lines, the first of them if there are several.
  var longest: Block? {
    var longest: Block?
    for block in blocks where block.rows.count > longest?.rows.count ?? 0 { longest = block }
    return longest
  }

  private static func blocks(_ rows: [Row]) -> [Block] {
    var blocks: [Block] = []
    var isOpen = false
    for (index, row) in rows.enumerated() where !row.isBlank && !row.isComment {
      guard row.isNumeric else {
        isOpen = false
        continue
      }
      if isOpen, blocks[blocks.count - 1].cellCount == row.cellCount {
        blocks[blocks.count - 1].rows.append(index)
      } else {
        blocks.append(Block(rows: [index], cellCount: row.cellCount))
        isOpen = true
      }
    }
    return blocks
  }
}

/// What stands between the cells of a text, and the decimal mark.
struct TextStyle: Hashable {
  /// Between cells: a tab, semicolon or comma, or any number of blanks.
  let delimiter: UInt8

  /// A point or a comma.
  let mark: UInt8

  private static let tab = UInt8(ascii: "\t")
  private static let semicolon = UInt8(ascii: ";")
  private static let comma = UInt8(ascii: ",")
  private static let blank = UInt8(ascii: " ")
  private static let point = UInt8(ascii: ".")

  /// In the order in which they are preferred where several fit as well.
  private static let all: [TextStyle] = [
    TextStyle(delimiter: tab, mark: point), TextStyle(delimiter: tab, mark: comma),
    TextStyle(delimiter: semicolon, mark: point), TextStyle(delimiter: semicolon, mark: comma),
    TextStyle(delimiter: comma, mark: point), TextStyle(delimiter: blank, mark: point),
    TextStyle(delimiter: blank, mark: comma),
  ]

  private static let sampledLineCount = 200

  private init(delimiter: UInt8, mark: UInt8) {
    self.delimiter = delimiter
    self.mark = mark
  }

  /// That with which most lines in the middle of a text are two or more numbers.
  init(bestFor lines: [TextLines.Line], in bytes: [UInt8]) {
    let start = max(0, (lines.count - Self.sampledLineCount) / 2)
    let sample = lines[start..<min(lines.count, start + Self.sampledLineCount)]
    var (best, bestCount) = (Self.all[0], 0)
    for style in Self.all {
      let count = sample.count { line in
        style.row(line, in: bytes).numbers.count { !$0.isNaN } > 1
      }
      if count > bestCount { (best, bestCount) = (style, count) }
    }
    self = best
  }

  /// Takes a line apart; empty cells at its end are left out.
  func row(_ line: TextLines.Line, in bytes: [UInt8]) -> TextTable.Row {
    var ranges = cells(line.text, in: bytes)
    while ranges.last?.isEmpty == true { ranges.removeLast() }
    let start = ranges.first { !$0.isEmpty }?.lowerBound
    let isComment = start.map { Self.startsComment(bytes[$0...]) } ?? false
    guard start != nil else {
      return TextTable.Row(line: line.number, cells: [], numbers: [], isComment: false)
    }
    var reader = NumberReader(mark: mark)
    var numbers: [Double] = []
    numbers.reserveCapacity(ranges.count)
    if !isComment {
      for range in ranges {
        guard let number = range.isEmpty ? .nan : reader.number(bytes, range) else { break }
        numbers.append(number)
      }
    }
    if numbers.count == ranges.count {
      return TextTable.Row(line: line.number, cells: [], numbers: numbers, isComment: false)
    }
    return TextTable.Row(
      line: line.number, cells: ranges.map { String(text: bytes[$0]) }, numbers: [],
      isComment: isComment)
  }

  /// `#` and `//` start comments, and a semicolon with a blank behind it.
  private static func startsComment(_ text: ArraySlice<UInt8>) -> Bool {
    text.first == UInt8(ascii: "#") || text.starts(with: Array("//".utf8))
      || text.starts(with: Array("; ".utf8))
  }

  private func cells(_ text: ArraySlice<UInt8>, in bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = text.startIndex
    for index in text.indices where text[index] == delimiter {
      if delimiter != Self.blank || index > start { ranges.append(trimmed(start..<index, bytes)) }
      start = index + 1
    }
    if delimiter != Self.blank || start < text.endIndex {
      ranges.append(trimmed(start..<text.endIndex, bytes))
    }
    return ranges
  }

  private func trimmed(_ range: Range<Int>, _ bytes: [UInt8]) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    func isBlank(_ byte: UInt8) -> Bool { byte == Self.blank || byte == Self.tab }
    while start < end, isBlank(bytes[start]) { start += 1 }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return start..<end
  }
}
