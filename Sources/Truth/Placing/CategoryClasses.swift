import Catalogs
import Foundation

/// Which classes of a network the categories of truth stand for.
package struct CategoryClasses: Hashable, Sendable {
  /// For each category the indices of its classes, in order; empty where it stands for none, nil for all.
  package let classes: [[Int]?]

  /// The names of categories that stand for no class, with near labels.
  package let unmatched: [String]

  /// What should be told, a sentence for each.
  package let notes: [String]

  /// Finds the classes of categories.
  ///
  /// A category's name and a label are the same where they differ in case, blanks, `_`, `-` or a leading
  /// number of WordNet (`n02123045`); a label may list synonyms with commas between. A name that is a
  /// synonym of several classes stands for all of them.
  ///
  /// - Parameters:
  ///   - categories: What truth marks.
  ///   - labels: The network's labels in the order of its classes; nil for none.
  ///   - classCount: How many classes the network has.
  /// - Throws: `TruthError` when an index lies beyond the classes, or no category stands for a class.
  package init(
    _ categories: [TruthCategory], labels: [String]?, classCount: Int
  ) throws(TruthError) {
    let forms = LabelForms(labels ?? [])
    var classes: [[Int]?] = []
    var (unmatched, shared): ([String], [String]) = ([], [])
    for category in categories {
      switch category.meaning {
      case .any: classes.append(nil)
      case .indices(let indices):
        if let index = indices.first(where: { !(0..<classCount).contains($0) }) {
          throw TruthError(
            .unknownCategory,
            "\"\(category.name)\" stands for class \(index), but the network has \(classCount), "
              + "from 0; is the truth for another network?")
        }
        classes.append(indices)
      case .name:
        let found = forms.indices(of: category.name)
        classes.append(found)
        if found.isEmpty { unmatched.append(category.name) }
        if found.count > 1 { shared.append(category.name) }
      }
    }
    if !categories.isEmpty, unmatched.count == categories.count {
      throw TruthError(.unknownCategory, Self.sentence(unmatched, labels))
    }
    self.classes = classes
    self.unmatched = unmatched
    notes =
      (unmatched.isEmpty ? [] : [Self.sentence(unmatched, labels) + "."])
      + (shared.isEmpty
        ? [] : ["Several classes have the name of: \(shared.joined(separator: ", "))."])
  }

  /// The categories that stand for a class.
  ///
  /// - Parameter index: The class.
  /// - Returns: Their places.
  package func categories(of index: Int) -> [Int] {
    classes.indices.filter { classes[$0]?.contains(index) ?? true }
  }

  private static func sentence(_ unmatched: [String], _ labels: [String]?) -> String {
    guard let labels else {
      return "the network has no labels, so categories by name (such as \"\(unmatched[0])\") stand "
        + "for no class; give labels, or indices of classes in the truth"
    }
    let hint = Suggestions.sentence(for: unmatched[0], among: labels)
    let more = unmatched.count > 5 ? " and \(unmatched.count - 5) more" : ""
    return "no class of the network is called "
      + unmatched.prefix(5).map { "\"\($0)\"" }.joined(separator: ", ") + more
      + (hint.isEmpty ? "" : " (\(unmatched[0]):\(hint))")
  }
}

/// Labels by the forms in which they may be written.
private struct LabelForms {
  private var whole: [String: [Int]] = [:]
  private var synonyms: [String: [Int]] = [:]
  private var numbers: [String: [Int]] = [:]

  init(_ labels: [String]) {
    for (index, label) in labels.enumerated() {
      let (number, text) = Self.divided(label)
      if let number { numbers[number, default: []].append(index) }
      whole[Self.plain(text), default: []].append(index)
      for synonym in text.split(separator: ",") {
        let form = Self.plain(String(synonym))
        if synonyms[form]?.last != index { synonyms[form, default: []].append(index) }
      }
    }
  }

  func indices(of name: String) -> [Int] {
    let (number, text) = Self.divided(name)
    if let number, let found = numbers[number] { return found }
    let form = Self.plain(text)
    guard !form.isEmpty else { return [] }
    if let found = whole[form] ?? synonyms[form] { return found }
    // Synonyms of the name itself.
    let all = text.split(separator: ",").flatMap { synonyms[Self.plain(String($0))] ?? [] }
    return Array(Set(all)).sorted()
  }

  /// A leading number of WordNet, such as `n02123045`, and what follows.
  private static func divided(_ label: String) -> (number: String?, text: String) {
    let bytes = Array(label.utf8.prefix(10))
    guard bytes.count >= 9, bytes[0] == UInt8(ascii: "n"),
      bytes[1...8].allSatisfy({ (48...57).contains($0) }),
      bytes.count == 9 || !(48...57).contains(bytes[9])
    else { return (nil, label) }
    return (String(label.prefix(9)), String(label.dropFirst(9)))
  }

  /// Small letters and digits with single blanks between words.
  private static func plain(_ text: String) -> String {
    text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "," && $0 != "'" }
      .joined(separator: " ")
  }
}
