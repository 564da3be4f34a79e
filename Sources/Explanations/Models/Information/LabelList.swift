package import Foundation

/// Reads lists of labels as people keep them.
package enum LabelList {
  /// The labels in a file.
  ///
  /// A label stands on each line, with its number before it on all or none (`0 cat`); or the file is
  /// JSON: a list, an object from numbers to labels (or to lists that end in one), or an object from
  /// labels to numbers.
  ///
  /// - Parameters:
  ///   - data: What the file holds.
  ///   - name: What it is called in messages.
  /// - Returns: The labels in the order of the outputs.
  /// - Throws: `ExplanationError` when it is none of these.
  package static func labels(_ data: Data, name: String) throws(ExplanationError) -> [String] {
    func refuse(_ text: String) -> ExplanationError {
      ExplanationError(.malformedSideFile, "\(name): \(text)")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw refuse("is not UTF-8 text, so no labels can be read")
    }
    if let object = try? JSONSerialization.jsonObject(with: data) {
      guard let labels = labels(object) else {
        throw refuse(
          "is neither a list of labels nor an object that numbers them from 0 without a gap")
      }
      return labels
    }
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    if let index = lines.firstIndex(where: \.isEmpty) {
      throw refuse("line \(index + 1) is empty; each line names one output")
    }
    guard !lines.isEmpty else { throw refuse("holds no labels") }
    return withoutNumbers(lines)
  }

  /// The labels in a JSON value; nil when it holds none.
  static func labels(_ value: Any) -> [String]? {
    if let list = value as? [String] { return list.isEmpty ? nil : list }
    guard let object = value as? [String: Any], !object.isEmpty else { return nil }
    var numbered: [Int: String] = [:]
    for (key, value) in object {
      if let index = Int(key) {
        numbered[index] = (value as? String) ?? (value as? [String])?.last
      } else if let index = value as? Int {
        numbered[index] = key
      }
    }
    return ordered(numbered, count: object.count)
  }

  /// Labels by their numbers as a list; nil when numbers are missing.
  static func ordered(_ numbered: [Int: String], count: Int) -> [String]? {
    let labels = (0..<count).compactMap { numbered[$0] }
    return labels.count == count && count > 0 ? labels : nil
  }

  /// Lines without the numbers that all of them begin with, counted from 0.
  private static func withoutNumbers(_ lines: [String]) -> [String] {
    let separators: Set<Character> = [" ", ":", "\t", ","]
    let rest = lines.enumerated().compactMap { index, line -> String? in
      let number = "\(index)"
      guard line.hasPrefix(number), let next = line.dropFirst(number.count).first,
        separators.contains(next)
      else { return nil }
      let label = line.dropFirst(number.count).drop { separators.contains($0) }
      return label.isEmpty ? nil : String(label)
    }
    return rest.count == lines.count && lines.count > 1 ? rest : lines
  }
}
