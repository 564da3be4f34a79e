/// The text of a table by RFC 4180: commas between cells, a line feed behind every line.
package struct CSVTable: Sendable {
  /// Which cells are put in quotes.
  package enum Quoting: Sendable {
    /// Those that RFC 4180 demands it of: with a comma, a quote or the end of a line.
    case demanded

    /// Also those with what readers may take for another separator or a comment, or whose blanks at
    /// an end they may drop.
    case cautious
  }

  /// All lines so far.
  package private(set) var text = ""

  private let quoting: Quoting

  /// A table without lines.
  package init(quoting: Quoting) {
    self.quoting = quoting
  }

  /// Adds a line.
  package mutating func append(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { text += "," }
      text += quoted(cell)
    }
    text += "\n"
  }

  private func quoted(_ cell: String) -> String {
    let isCautious = quoting == .cautious
    let needsQuotes = cell.utf8.contains { byte in
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
      case UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "#"): isCautious
      default: false
      }
    }
    let hasBlankEnd = isCautious && (cell.utf8.first == 0x20 || cell.utf8.last == 0x20)
    guard needsQuotes || hasBlankEnd else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
