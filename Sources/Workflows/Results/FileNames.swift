/// Makes names of files: safe characters only, and none twice within a run.
struct FileNames {
  private var taken: Set<String> = []

  /// A text as part of a file name: letters, digits, `.`, `_` and `-`; at most 60 characters.
  static func safe(_ text: String) -> String {
    var result = ""
    for character in text {
      let isSafe = character.isLetter || character.isNumber || "._-".contains(character)
      if isSafe {
        result.append(character)
      } else if result.last != "-" {
        result.append("-")
      }
    }
    let trimmed = result.drop { "-.".contains($0) }.prefix(60)
    let kept = String(trimmed.reversed().drop { "-".contains($0) }.reversed())
    return kept.isEmpty ? "x" : kept
  }

  /// A name of the parts that no earlier one equals, whatever the case of its letters.
  mutating func unique(_ parts: [String]) -> String {
    let base = parts.map(Self.safe).joined(separator: "-")
    var name = base
    var number = 1
    while !taken.insert(name.lowercased()).inserted {
      number += 1
      name = "\(base)-\(number)"
    }
    return name
  }

  /// The short name of a layer: without what every exporter appends.
  static func short(layer: String) -> String {
    var name = Substring(layer)
    for end in ["_output_0", ":0"] where name.hasSuffix(end) { name = name.dropLast(end.count) }
    return String(name)
  }
}
