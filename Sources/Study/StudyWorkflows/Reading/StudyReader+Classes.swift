import Chemometrics
import SpectralData
import StudyEngine
import Workflows

extension StudyReader {
  /// The classes of spectra; those without one, and those that are alone in theirs, are left out.
  func classes(
    _ column: SpectralDataset.MetadataColumn, _ dataset: SpectralDataset
  ) throws -> (SpectralDataset, StudyData.Question) {
    let values = try named(column.knownValues)
    var kept = dataset.rows.indices.filter { values[$0] != nil }
    if kept.count < dataset.rows.count {
      note("\(dataset.rows.count - kept.count) spectra without a class are left out")
    }
    let labels = kept.compactMap { values[$0] }
    let counts = Dictionary(labels.map { ($0, 1) }, uniquingKeysWith: +)
    let alone = counts.filter { $0.value == 1 }.keys.sorted()
    guard alone.count < 2 || alone.count * 2 < counts.count else {
      throw WorkflowError(
        .unsuitableInput,
        "\(name): the texts of \"\(column.name)\" are names rather than classes: \(alone.count) of "
          + "\(counts.count) occur once; name another column with --label, or make classes of them with "
          + "--class-from")
    }
    if !alone.isEmpty {
      kept.removeAll { counts[values[$0] ?? ""] == 1 }
      note(
        "\(alone.count == 1 ? "class" : "classes") \(Self.quoted(alone)) with one spectrum "
          + "\(alone.count == 1 ? "is" : "are") left out: nothing would be left to test")
    }
    return (
      try dataset.selecting(kept), .classes(ClassLabels(kept.compactMap { values[$0] }))
    )
  }

  /// A few texts in quotes, and how many more there are.
  static func quoted(_ texts: [String]) -> String {
    texts.prefix(5).map { "\"\($0)\"" }.joined(separator: ", ")
      + (texts.count > 5 ? " and \(texts.count - 5) more" : "")
  }

  /// The classes with the names that the user gives them.
  private func named(_ values: [String?]) throws -> [String?] {
    if source.classNames.isEmpty { return values }
    let found = Set(values.compactMap(\.self))
    let ordered = found.sorted {
      if let first = Double($0), let second = Double($1) { return first < second }
      return $0 < $1
    }
    var names: [String: String] = [:]
    if source.classNames.allSatisfy({ $0.contains("=") }) {
      for entry in source.classNames {
        let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, found.contains(parts[0]) else {
          throw WorkflowError(
            .invalidSetting,
            "--class-names: \"\(entry)\" should be CLASS=NAME; the classes are "
              + Self.quoted(ordered))
        }
        names[parts[0]] = parts[1]
      }
    } else {
      guard source.classNames.count == ordered.count else {
        throw WorkflowError(
          .invalidSetting,
          "--class-names: \(source.classNames.count) names for \(ordered.count) classes, "
            + "\(Self.quoted(ordered)); give one for each in this order, or CLASS=NAME")
      }
      names = Dictionary(uniqueKeysWithValues: zip(ordered, source.classNames))
    }
    return values.map { value in value.map { names[$0] ?? $0 } }
  }

  /// The classes that folders or names of files give, as a column.
  func classColumn(
    _ origin: ClassOrigin, _ dataset: SpectralDataset
  ) throws -> SpectralDataset.MetadataColumn {
    switch origin {
    case .folders:
      guard let folders = dataset.folders else {
        throw WorkflowError(
          .invalidSetting, "--class-from folder: all files lie in one folder; name several")
      }
      note("classes: the folders \(Self.quoted(Set(folders).sorted()))")
      return SpectralDataset.MetadataColumn(name: "folder", values: folders)
    case .names(let pattern):
      let texts = dataset.patternTexts
      let found = texts.map { NamePattern(pattern).found(in: $0) ?? "" }
      guard found.contains(where: { !$0.isEmpty }) else {
        throw WorkflowError(
          .invalidSetting,
          "--class-from: \"\(pattern)\" is found in no name; names are \(Self.quoted(texts))")
      }
      note("classes by name: \(Self.quoted(Set(found).subtracting([""]).sorted()))")
      return SpectralDataset.MetadataColumn(name: "class by name", values: found)
    }
  }

  /// What stands in for a column of classes: folders of files, or names that repeat.
  func impliedClasses(_ dataset: SpectralDataset) throws -> SpectralDataset.MetadataColumn? {
    if let folders = dataset.folders, Set(folders).count * 2 <= folders.count {
      return try classColumn(.folders, dataset)
    }
    guard dataset.metadata.isEmpty, let names = dataset.repeatedNames else { return nil }
    note("classes: the names of the spectra, \(Self.quoted(Set(names).sorted()))")
    return SpectralDataset.MetadataColumn(name: "name", values: names)
  }

  /// A way to make classes of names, where one suggests itself.
  func proposedPattern(_ dataset: SpectralDataset) -> String? {
    let texts = dataset.patternTexts
    for pattern in [#"(.*?)[ _.\-]*\d+$"#, #"([^ _.\-]+)[ _.\-]"#, #"([A-Za-z]+)"#] {
      let found = texts.compactMap { NamePattern(pattern).found(in: $0) }.filter { !$0.isEmpty }
      let counts = Dictionary(found.map { ($0, 1) }, uniquingKeysWith: +)
      guard found.count == texts.count, counts.count > 1,
        counts.values.allSatisfy({ $0 > 1 })
      else { continue }
      let classes = counts.sorted { $0.key < $1.key }.prefix(4).map { "\($0.key) (\($0.value))" }
      return "--class-from 'name:\(pattern)' would give the \(counts.count) classes "
        + classes.joined(separator: ", ") + (counts.count > 4 ? "…" : "")
    }
    return nil
  }
}

/// A regular expression that finds a class in a name.
private struct NamePattern {
  private let pattern: String

  init(_ pattern: String) {
    self.pattern = pattern
  }

  /// The first group, or the whole match where there is none; nil when nothing is found.
  func found(in text: String) -> String? {
    guard let regex = try? Regex(pattern), let match = text.firstMatch(of: regex) else {
      return nil
    }
    let part = match.output.count > 1 ? match.output[1].substring : match.output[0].substring
    return part.map(String.init)
  }
}
