/// Tells texts of instruments from plain tables, by little of a file.
enum InstrumentTextRecognition {
  private static let sampledByteCount = 1 << 16
  private static let sampledTailByteCount = 1 << 12

  /// Texts that only programs of instruments write.
  private static let marks = [
    ">>>>>Begin", "##RRUFFID", "[WITEC_", "#Spectro (", "#AxisUnit", "SciMode:",
  ].map { Array($0.utf8) }

  /// Whether lines that belong to no table stand above or below one.
  static func claims(_ bytes: [UInt8]) -> Bool {
    let head = cut(bytes.prefix(sampledByteCount), isWhole: bytes.count <= sampledByteCount)
    guard isText(head) else { return false }
    let table = TextTable(head)
    guard let block = table.longest, block.rows.count > 2, let start = block.rows.first else {
      return false
    }
    if block.cellCount == 1 {
      return bytes.count <= sampledByteCount
        && IntensityList.fits(block.rows.map { table.rows[$0].numbers[0] })
    }
    if marks.contains(where: { contains(head, $0) }) { return true }
    if isTableOfQuantities(head) { return false }
    let above = table.rows[..<start].filter { !$0.isBlank && !$0.isComment }
    if above.contains(where: { $0.cellCount != block.cellCount }) { return true }
    let keyed = above.filter { !$0.isNumeric && !isDescription($0) }
    if keyed.count > 1 || hasEnd(bytes, block.cellCount) { return true }
    let rows = block.rows.map { table.rows[$0].numbers }
    return SpectraInLines(table, block, rows) != nil
      || LongSeries(rows, isWhole: bytes.count <= sampledByteCount) != nil
  }

  /// Whether the first line names quantities and positions, in quotation marks where there are commas in a name.
  ///
  /// Lines below may lack a quantity (`NA`), and are no text around a table of an instrument then.
  private static func isTableOfQuantities(_ head: [UInt8]) -> Bool {
    var table = DelimitedText(head)
    guard [UInt8(ascii: ","), UInt8(ascii: ";")].contains(table.delimiter) else { return false }
    var cells: [DelimitedText.Cell] = []
    guard (try? table.next(&cells)) == true else { return false }
    let heads = cells.map { table.text($0) }
    let positions = heads.count { Double($0) != nil }
    guard positions >= 3, 2 * positions > heads.count, positions < heads.count,
      heads.allSatisfy({ !$0.isEmpty })
    else { return false }
    return (try? table.next(&cells)) == true && cells.count == heads.count
  }

  /// A line such as `label, a, b` above columns of spectra.
  private static func isDescription(_ row: TextTable.Row) -> Bool {
    SpectralDataset.MetadataColumn(name: row.cells[0], values: []).isDescriptive
  }

  /// Whether lines of text stand below the table.
  private static func hasEnd(_ bytes: [UInt8], _ cellCount: Int) -> Bool {
    let tail = bytes.suffix(sampledTailByteCount)
    let start = tail.count == bytes.count ? nil : tail.firstIndex(of: UInt8(ascii: "\n"))
    let table = TextTable(Array(start.map { tail[$0...] } ?? tail))
    guard let block = table.longest, block.cellCount == cellCount, let last = block.rows.last
    else { return false }
    return table.rows[last...].contains { !$0.isNumeric && !$0.isBlank }
  }

  /// Bytes up to the last line that is whole.
  private static func cut(_ bytes: ArraySlice<UInt8>, isWhole: Bool) -> [UInt8] {
    guard !isWhole, let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return Array(bytes) }
    return Array(bytes[...end])
  }

  /// Text has few zero bytes and no other control characters.
  private static func isText(_ bytes: [UInt8]) -> Bool {
    let zeros = bytes.count { $0 == 0 }
    return zeros * 20 <= bytes.count
      && !bytes.contains { $0 < 0x20 && $0 != 0 && !(0x09...0x0D).contains($0) }
  }

  private static func contains(_ bytes: [UInt8], _ text: [UInt8]) -> Bool {
    guard bytes.count >= text.count else { return false }
    return (0...bytes.count - text.count).contains { start in
      bytes[start] == text[0] && bytes[start..<start + text.count].elementsEqual(text)
    }
  }
}
