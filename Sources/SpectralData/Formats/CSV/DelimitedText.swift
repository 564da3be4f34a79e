/// Splits text into lines of cells, with quotes and any line end, without copying.
struct DelimitedText {
  /// One cell: where its bytes are, without quotes and surrounding spaces.
  struct Cell {
    var range: Range<Int>
    var isQuoted: Bool
  }

  let bytes: [UInt8]
  let delimiter: UInt8

  /// The line, from 1, of the cells that were read last.
  private(set) var line = 0
  private var position: Int
  private var nextLine = 1

  /// How many cells the first line has.
  private var firstCellCount = 0

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Starts before the first line that is neither blank nor a comment (`#`).
  ///
  /// A tab is taken for the delimiter if that line has one outside quotes, else a semicolon, else
  /// blanks if they separate nothing but numbers, else a comma.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var end = start
    while start < bytes.count {
      end = bytes[start...].firstIndex(where: Self.isLineEnd) ?? bytes.count
      let first = bytes[start..<end].first { $0 != UInt8(ascii: " ") }
      if let first, first != UInt8(ascii: "#") { break }
      start = end
      if start < bytes.count, bytes[start] == Self.carriageReturn { start += 1 }
      if start < bytes.count, bytes[start] == Self.lineFeed { start += 1 }
      nextLine += 1
    }
    position = start
    var (isInside, hasTab, hasSemicolon) = (false, false, false)
    for byte in bytes[start..<max(start, end)] {
      if byte == Self.quote { isInside.toggle() }
      if isInside { continue }
      hasTab = hasTab || byte == UInt8(ascii: "\t")
      hasSemicolon = hasSemicolon || byte == UInt8(ascii: ";")
    }
    let isBlank =
      !hasTab && !hasSemicolon && Self.areNumbers(bytes[start..<max(start, end)])
    delimiter = UInt8(ascii: hasTab ? "\t" : hasSemicolon ? ";" : isBlank ? " " : ",")
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == lineFeed || byte == carriageReturn
  }

  /// Whether blanks separate at least two numbers and nothing else.
  private static func areNumbers(_ line: ArraySlice<UInt8>) -> Bool {
    var numbers = NumberReader()
    let words = line.split(separator: UInt8(ascii: " "))
    return words.count > 1
      && words.allSatisfy {
        let word = Array($0)
        return word.last != UInt8(ascii: ",") && numbers.number(word, word.indices) != nil
      }
  }

  /// Reads the cells of the next line that is neither blank nor a comment.
  ///
  /// - Parameter cells: Replaced by the line's cells.
  /// - Returns: Whether there was another line.
  /// - Throws: `SpectrumError` when a quote is not closed.
  mutating func next(_ cells: inout [Cell]) throws(SpectrumError) -> Bool {
    while position < bytes.count {
      cells.removeAll(keepingCapacity: true)
      line = nextLine
      var ended = false
      while !ended {
        cells.append(try readCell())
        if delimiter == UInt8(ascii: " ") { skipSpaces() }
        ended =
          position >= bytes.count
          || (delimiter == UInt8(ascii: " ")
            ? Self.isLineEnd(bytes[position]) : bytes[position] != delimiter)
        if !ended, delimiter != UInt8(ascii: " ") { position += 1 }
      }
      skipLineEnd()
      if isComment(cells) { continue }
      if cells.count > 1 || !cells[0].range.isEmpty {
        if firstCellCount == 0 { firstCellCount = cells.count }
        return true
      }
    }
    return false
  }

  /// Whether a line inside the table starts with `#` and is none of its lines.
  private func isComment(_ cells: [Cell]) -> Bool {
    firstCellCount > 0 && cells.count != firstCellCount && !cells[0].isQuoted
      && !cells[0].range.isEmpty && bytes[cells[0].range.lowerBound] == UInt8(ascii: "#")
  }

  /// The text of a cell, doubled quotes made single.
  func text(_ cell: Cell) -> String {
    let text = String(text: bytes[cell.range])
    guard cell.isQuoted, text.contains("\"\"") else { return text }
    return text.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
  }

  private mutating func readCell() throws(SpectrumError) -> Cell {
    skipSpaces()
    if position < bytes.count, bytes[position] == Self.quote { return try readQuotedCell() }
    let start = position
    while position < bytes.count {
      if isCellEnd(bytes[position]) { break }
      position += 1
    }
    var end = position
    while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    return Cell(range: start..<end, isQuoted: false)
  }

  private mutating func readQuotedCell() throws(SpectrumError) -> Cell {
    let start = position + 1
    position = start
    while position < bytes.count {
      if bytes[position] == Self.quote {
        if position + 1 < bytes.count, bytes[position + 1] == Self.quote {
          position += 2
          continue
        }
        let cell = Cell(range: start..<position, isQuoted: true)
        position += 1
        skipSpaces()
        guard position >= bytes.count || isCellEnd(bytes[position]) else {
          throw SpectrumError(
            .malformedFile, "line \(nextLine): text follows a closing quote; double inner quotes",
            line: nextLine)
        }
        return cell
      }
      if bytes[position] == Self.lineFeed { nextLine += 1 }
      position += 1
    }
    throw SpectrumError(.malformedFile, "line \(line): a quote is not closed", line: line)
  }

  private func isCellEnd(_ byte: UInt8) -> Bool { byte == delimiter || Self.isLineEnd(byte) }

  private mutating func skipSpaces() {
    while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
  }

  private mutating func skipLineEnd() {
    guard position < bytes.count else { return }
    if bytes[position] == Self.carriageReturn { position += 1 }
    if position < bytes.count, bytes[position] == Self.lineFeed { position += 1 }
    nextLine += 1
  }
}
