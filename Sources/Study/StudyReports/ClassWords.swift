/// Names of classes as they are written in sentences and headings.
enum ClassWords {
  /// A class in a sentence: numbers are called classes.
  static func name(_ text: String) -> String { Double(text) == nil ? text : "class " + text }

  /// Classes in a sentence.
  static func list(_ names: [String]) -> String {
    let isNumbered = names.count > 1 && names.allSatisfy { Double($0) != nil }
    return isNumbered ? "classes " + Words.list(names) : Words.list(names.map(name))
  }

  /// Names stay as they are in the data; numbers become `Class 1`.
  static func heading(_ text: String) -> String {
    text.hasPrefix("class ") || text.hasPrefix("classes ") ? Words.capitalized(text) : text
  }
}
