import TensorCore

/// The sheets of an Excel workbook as texts of cells.
struct Workbook {
  /// One sheet.
  struct Sheet {
    let name: String

    /// Its lines from the first, short where cells at the end are empty.
    let rows: [[String]]
  }

  private let archive: NPZArchive
  private static let path = "xl/workbook.xml"

  /// Whether bytes are an archive that holds a workbook.
  static func isPlausible(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
      && (try? NPZArchive(bytes))?.names.contains(path) == true
  }

  /// Opens a workbook.
  ///
  /// - Throws: `TensorError` when the archive is damaged.
  init(_ bytes: [UInt8]) throws(TensorError) {
    archive = try NPZArchive(bytes)
  }

  /// All sheets of cells, in the order of their tabs.
  ///
  /// - Throws: `TensorError` when a part of the workbook is damaged.
  func sheets() throws(TensorError) -> [Sheet] {
    let targets = try targets()
    var cells = SheetCells()
    cells.texts = try contents("xl/sharedStrings.xml").map(Self.sharedTexts) ?? []
    cells.dateStyles = try contents("xl/styles.xml").map(WorkbookDate.styles) ?? []
    var listed: [(name: String, id: String)] = []
    var scanner = XMLScanner(try archive.contents(Self.path))
    while let event = scanner.next() {
      guard case .start(let name, let attributes) = event else { continue }
      if name == "workbookPr" {
        cells.countsFrom1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
      } else if name == "sheet" {
        listed.append((attributes["name"] ?? "", attributes["id"] ?? ""))
      }
    }
    var sheets: [Sheet] = []
    for (name, id) in listed {
      guard let target = targets[id] else { continue }
      let path = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
      // Charts have sheets of their own.
      guard path.contains("worksheets/"), let bytes = try contents(path) else { continue }
      sheets.append(Sheet(name: name, rows: cells.rows(bytes)))
    }
    return sheets
  }

  private func contents(_ name: String) throws(TensorError) -> [UInt8]? {
    archive.names.contains(name) ? try archive.contents(name) : nil
  }

  /// Which parts stand behind the ids of sheets.
  private func targets() throws(TensorError) -> [String: String] {
    var targets: [String: String] = [:]
    var scanner = XMLScanner(try contents("xl/_rels/workbook.xml.rels") ?? [])
    while let event = scanner.next() {
      guard case .start("Relationship", let attributes) = event, let id = attributes["Id"] else {
        continue
      }
      targets[id] = attributes["Target"]
    }
    return targets
  }

  private static func sharedTexts(_ bytes: [UInt8]) -> [String] {
    var texts: [String] = []
    var (isText, isPhonetic) = (false, false)
    var scanner = XMLScanner(bytes)
    while let event = scanner.next() {
      switch event {
      case .start("si", _): texts.append("")
      case .start("t", _): isText = true
      case .end("t"): isText = false
      case .start("rPh", _): isPhonetic = true
      case .end("rPh"): isPhonetic = false
      case .text(let text) where isText && !isPhonetic && !texts.isEmpty:
        texts[texts.count - 1] += text
      default: break
      }
    }
    return texts
  }
}

/// Reads the cells of a sheet.
struct SheetCells {
  /// Texts that cells share.
  var texts: [String] = []

  /// Which styles of cells show numbers as dates.
  var dateStyles: Set<Int> = []

  /// Whether days are counted from 1904, not 1900.
  var countsFrom1904 = false

  private struct Cell {
    var column = 0
    var kind = "n"
    var style = 0
    var text = ""
  }

  private static let greatestColumn = 16_384
  private static let greatestRow = 1_048_576
  private static let greatestCellCount = 1 << 26

  /// The lines of a sheet, up to where it is damaged or too large.
  func rows(_ bytes: [UInt8]) -> [[String]] {
    var rows: [[String]] = []
    var cell = Cell()
    var (row, cellCount, isValue) = (0, 0, false)
    var scanner = XMLScanner(bytes)
    while let event = scanner.next() {
      switch event {
      case .start("row", let attributes):
        row = attributes["r"].flatMap { Int($0) } ?? row + 1
        cell.column = 0
        guard (1...Self.greatestRow).contains(row) else { return rows }
      case .start("c", let attributes):
        let column = attributes["r"].flatMap(Self.column) ?? cell.column + 1
        let style = attributes["s"].flatMap { Int($0) } ?? 0
        cell = Cell(column: column, kind: attributes["t"] ?? "n", style: style)
      case .start("v", _), .start("t", _): isValue = true
      case .end("v"), .end("t"): isValue = false
      case .text(let text) where isValue: cell.text += text
      case .end("c") where !cell.text.isEmpty && row > 0:
        cellCount += max(0, row - rows.count) + max(0, cell.column)
        guard cellCount < Self.greatestCellCount else { return rows }
        while rows.count < row { rows.append([]) }
        let missing = cell.column - 1 - rows[row - 1].count
        guard missing >= 0 else { break }
        cellCount -= rows[row - 1].count
        rows[row - 1] += Array(repeating: "", count: missing) + [shown(cell)]
      default: break
      }
    }
    return rows
  }

  /// The column of a reference such as `AB12`, from 1.
  private static func column(_ reference: String) -> Int? {
    var column = 0
    for letter in reference.utf8.prefix(3) where (0x41...0x5A).contains(letter) {
      column = 26 * column + Int(letter) - 0x40
    }
    return (1...greatestColumn).contains(column) ? column : nil
  }

  private func shown(_ cell: Cell) -> String {
    switch cell.kind {
    case "s": return Int(cell.text).flatMap { texts.indices.contains($0) ? texts[$0] : nil } ?? ""
    case "e": return ""
    case "n":
      guard dateStyles.contains(cell.style), let days = Double(cell.text) else { return cell.text }
      return WorkbookDate.text(days, from1904: countsFrom1904) ?? cell.text
    default: return cell.text
    }
  }
}

/// Dates that a workbook counts in days.
enum WorkbookDate {
  /// Formats of numbers that every workbook has for dates.
  private static let formats = Set(
    Array(14...22) + Array(27...36) + Array(45...47) + Array(50...58))

  /// Which styles of cells show numbers as dates.
  static func styles(_ bytes: [UInt8]) -> Set<Int> {
    var formats = formats
    var (styles, count, isInside): (Set<Int>, Int, Bool) = ([], 0, false)
    var scanner = XMLScanner(bytes)
    while let event = scanner.next() {
      switch event {
      case .start("numFmt", let attributes):
        guard let id = attributes["numFmtId"].flatMap({ Int($0) }) else { break }
        if showsDate(attributes["formatCode"] ?? "") { formats.insert(id) }
      case .start("cellXfs", _): isInside = true
      case .end("cellXfs"): isInside = false
      case .start("xf", let attributes) where isInside:
        if let id = attributes["numFmtId"].flatMap({ Int($0) }), formats.contains(id) {
          styles.insert(count)
        }
        count += 1
      default: break
      }
    }
    return styles
  }

  /// Whether a format has years or days outside of quotes.
  private static func showsDate(_ format: String) -> Bool {
    let parts = format.lowercased().split(separator: "\"", omittingEmptySubsequences: false)
    let plain = parts.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined()
    return plain.contains("yy") || plain.contains("dd") || plain.contains("d/m")
  }

  /// Year, month and day; nil when it cannot be a date.
  ///
  /// - Parameters:
  ///   - days: Since the last day of 1899 and a 29 February 1900 that there was not, or since 1904.
  ///   - from1904: Which of the two.
  /// - Returns: Such as `2024-02-29`.
  static func text(_ days: Double, from1904: Bool) -> String? {
    guard days >= 61 || from1904 && days >= 0, days < 2_958_466 else { return nil }
    // Days since 1 March of the year 0, of a calendar whose years begin with March.
    let day = Int(days) + (from1904 ? 695_361 : 693_899)
    let era = day / 146_097
    let dayOfEra = day - era * 146_097
    let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let shown = padded(month < 10 ? month + 3 : month - 9)
    let dayOfMonth = padded(dayOfYear - (153 * month + 2) / 5 + 1)
    return "\(year + era * 400 + (month < 10 ? 0 : 1))-\(shown)-\(dayOfMonth)"
  }
}
