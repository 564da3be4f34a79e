/// What people write into a table where nothing was measured.
enum MissingMark {
  /// Texts that no measured value, name or class has, in small letters.
  private static let plain: Set = [
    "", "na", "n/a", "#n/a", "n.a.", "nan", "n.d.", "nd", "n.m.", "-", "--", "–", "—", "?",
  ]

  /// Texts that stand for a missing number only; as a class they may mean something.
  private static let numeric: Set = [
    "null", "none", "nil", "missing", "not measured", ".", "lod", "loq", "bdl", "<na>",
  ]

  /// Whether a text says that nothing is known, whatever was to be known.
  static func isMissing(_ text: String) -> Bool {
    text.utf8.count <= 4 && plain.contains(text.lowercased())
  }

  /// Whether a text says that a number was not measured, or lies beyond what can be measured
  /// (`<0.1`, `> 5`).
  static func isMissingNumber(_ text: String) -> Bool {
    guard text.utf8.count <= 24 else { return false }
    let text = text.lowercased()
    return plain.contains(text) || numeric.contains(text) || isLimit(text)
  }

  /// A limit of detection: a sign of comparison with a number or `LOD` behind it.
  private static func isLimit(_ text: String) -> Bool {
    guard let first = text.first, "<>≤≥".contains(first) else { return false }
    let rest = String(text.dropFirst().drop { $0 == "=" || $0 == " " })
    if ["lod", "loq"].contains(rest) { return true }
    let bytes = Array(rest.utf8)
    var reader = NumberReader()
    return reader.number(bytes, bytes.indices) != nil
  }
}
