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

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Starts before the first line; a tab is taken for the delimiter if the first line has one outside
  /// quotes, else a semicolon, else a comma.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var (isInside, hasTab, hasSemicolon, hasContent) = (false, false, false, false)
    for byte in bytes[position...] {
      if byte == Self.lineFeed || byte == Self.carriageReturn {
        if hasContent { break }
        continue
      }
      hasContent = true
      if byte == Self.quote { isInside.toggle() }
      if isInside { continue }
      hasTab = hasTab || byte == UInt8(ascii: "\t")
      hasSemicolon = hasSemicolon || byte == UInt8(ascii: ";")
    }
    delimiter = UInt8(ascii: hasTab ? "\t" : hasSemicolon ? ";" : ",")
  }

  /// Reads the cells of the next line that is not blank.
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
        ended = position >= bytes.count || bytes[position] != delimiter
        if !ended { position += 1 }
      }
      skipLineEnd()
      if cells.count > 1 || !cells[0].range.isEmpty { return true }
    }
    return false
  }

  /// The text of a cell, doubled quotes made single.
  func text(_ cell: Cell) -> String {
    let text = String(decoding: bytes[cell.range], as: UTF8.self)
    guard cell.isQuoted, text.contains("\"\"") else { return text }
    return text.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
  }

  private mutating func readCell() throws(SpectrumError) -> Cell {
    skipSpaces()
    if position < bytes.count, bytes[position] == Self.quote { return try readQuotedCell() }
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn { break }
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

  private func isCellEnd(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn
  }

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
