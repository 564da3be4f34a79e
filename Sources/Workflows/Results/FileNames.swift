/// Makes names of files: safe characters only, and none twice within a run.
package struct FileNames {
  private var taken: Set<String> = []

  package init() {}

  /// Sets names aside that are in use already.
  package mutating func reserve(_ names: [String]) {
    taken.formUnion(names.map { $0.lowercased() })
  }

  /// A text as part of a file name: letters, digits, `.`, `_` and `-`; at most 60 characters.
  package static func safe(_ text: String) -> String {
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
  ///
  /// - Parameters:
  ///   - parts: What the name says.
  ///   - start: Folders that it is in, each with `/` at its end.
  /// - Returns: The name with its folders.
  package mutating func unique(_ parts: [String], in start: String = "") -> String {
    let base = start + parts.map(Self.safe).joined(separator: "-")
    var name = base
    var number = 1
    while !taken.insert(name.lowercased()).inserted {
      number += 1
      name = "\(base)-\(number)"
    }
    return name
  }

  /// The short name of a layer: without what every exporter appends.
  package static func short(layer: String) -> String {
    var name = Substring(layer)
    for end in ["_output_0", ":0"] where name.hasSuffix(end) { name = name.dropLast(end.count) }
    return String(name)
  }

  /// Names of layers as they are written beside rows of a figure: folders that the next part repeats
  /// are left out, unless layers could then be confused.
  package static func heads(layers: [String]) -> [String] {
    let short = layers.map(short(layer:))
    let heads = short.map { name in
      let parts = name.split(separator: "/")
      let kept = parts.indices.filter { index in
        index + 1 == parts.count || !parts[index + 1].hasPrefix(parts[index] + ".")
      }
      return kept.isEmpty ? name : kept.map { String(parts[$0]) }.joined(separator: "/")
    }
    return Set(heads).count == heads.count ? heads : short
  }
}
