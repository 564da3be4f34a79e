import Foundation

/// Names of categories that truth calls by numbers.
enum ClassNames {
  private static let texts = ["classes.txt", "names.txt", "labels.txt", "obj.names", "coco.names"]
  private static let configurations = ["data.yaml", "dataset.yaml", "data.yml"]

  /// Whether a file in a folder of truth holds names, not truth.
  static func areNamed(_ file: String) -> Bool {
    let name = URL(fileURLWithPath: file).lastPathComponent.lowercased()
    return texts.contains(name)
      || ["readme.txt", "train.txt", "val.txt", "test.txt"].contains(name)
  }

  /// The names in a file in a folder of truth, or in the folder around it; nil where there is none.
  ///
  /// - Throws: `TruthError` when such a file holds no names.
  static func list(beside source: TruthSource) throws(TruthError) -> [String]? {
    let folder = URL(fileURLWithPath: source.path)
    for folder in [folder, folder.deletingLastPathComponent()] {
      for name in texts + configurations {
        let path = folder.appendingPathComponent(name).path
        guard FileManager.default.fileExists(atPath: path) else { continue }
        let text = String(decoding: try TruthSource.contents(path), as: UTF8.self)
        let names = texts.contains(name) ? lines(text) : configured(text)
        guard !names.isEmpty else {
          throw TruthError(
            .malformedFile, "\(path): holds no names of categories; write one on each line")
        }
        return names
      }
    }
    return nil
  }

  /// The category with a number.
  ///
  /// - Throws: `TruthError` when there are names, but not so many.
  static func category(
    _ number: Int, _ names: [String]?, in draft: inout TruthDraft
  ) throws(TruthError) -> Int {
    guard let names else {
      return try draft.category("class \(number)", meaning: .indices([number]))
    }
    guard names.indices.contains(number) else {
      throw TruthError(
        .malformedFile, "category \(number) has no name; \(names.count) are listed, from 0")
    }
    return try draft.category(names[number])
  }

  private static func lines(_ text: String) -> [String] {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The names in a configuration: `names: [a, b]`, or lines `- a` or `0: a` below `names:`.
  private static func configured(_ text: String) -> [String] {
    let lines = text.split(whereSeparator: \.isNewline)
    guard let start = lines.firstIndex(where: { $0.hasPrefix("names:") }) else { return [] }
    let rest = lines[start].dropFirst(6).trimmingCharacters(in: .whitespaces)
    if rest.hasPrefix("[") {
      return rest.trimmingCharacters(in: ["[", "]"]).split(separator: ",").map(unquoted)
    }
    var names: [String] = []
    for line in lines[(start + 1)...] {
      let entry = line.trimmingCharacters(in: .whitespaces)
      if entry.hasPrefix("- ") {
        names.append(unquoted(entry.dropFirst(2)))
      } else if entry.hasPrefix("\(names.count):") {
        names.append(unquoted(entry.dropFirst("\(names.count):".count)))
      } else if !entry.hasPrefix("#") {
        break
      }
    }
    return names
  }

  private static func unquoted(_ text: some StringProtocol) -> String {
    text.trimmingCharacters(in: .whitespaces).trimmingCharacters(in: ["\"", "'"])
  }
}
