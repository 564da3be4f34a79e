/// Columns of text for a terminal.
struct TextTable {
  /// Where the cells of a column are aligned.
  enum Alignment {
    case leading
    case trailing
  }

  private let alignments: [Alignment]
  private var rows: [[String]]

  /// Creates a table with a line of headers.
  init(_ columns: [(header: String, alignment: Alignment)]) {
    alignments = columns.map(\.alignment)
    rows = [columns.map(\.header)]
  }

  /// Adds a row; one cell per column.
  mutating func add(_ cells: [String]) {
    rows.append(cells)
  }

  /// The lines, without blanks at their ends.
  var text: String {
    let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(zip(row, widths), alignments).map { cell, alignment in
        let blank = String(repeating: " ", count: cell.1 - cell.0.count)
        return alignment == .leading ? cell.0 + blank : blank + cell.0
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}
