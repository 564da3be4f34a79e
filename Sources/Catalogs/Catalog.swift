/// One thing that a user may choose by its name.
public protocol CatalogEntry: Sendable {
  /// The name, as written on a command line and in files.
  var id: String { get }

  /// What it is or does, in a phrase.
  var summary: String { get }

  /// What can be set.
  var parameters: [any ParameterDescription] { get }
}

extension CatalogEntry {
  /// Nothing can be set.
  public var parameters: [any ParameterDescription] { [] }
}

/// The entries that there are of one kind, in the order in which they are listed.
public struct Catalog<Entry: CatalogEntry>: Sendable {
  /// What one entry is called, such as `method`.
  public let noun: String

  private let entries: [Entry]

  /// Ids by further names that people know entries under.
  private let otherNames: [String: String]

  /// Lists entries, whose ids all differ.
  ///
  /// - Parameters:
  ///   - noun: What one entry is called.
  ///   - entries: The entries.
  ///   - otherNames: Ids by further names that are understood.
  public init(_ noun: String, _ entries: [Entry], otherNames: [String: String] = [:]) {
    self.noun = noun
    self.entries = entries
    self.otherNames = otherNames
  }

  /// The names of the entries.
  public var ids: [String] { entries.map(\.id) }

  /// The entry with an id, or nil.
  public subscript(id: String) -> Entry? {
    let id = otherNames[id] ?? id
    return entries.first { $0.id == id }
  }

  /// The sentence that there is no such entry, with the nearest names and all names, without a full
  /// stop.
  public func absence(of id: String) -> String {
    "there is no \(noun) \"\(id)\".\(Suggestions.sentence(for: id, among: ids)) There are "
      + ids.joined(separator: ", ")
  }
}

extension Catalog: RandomAccessCollection {
  /// The first index, 0.
  public var startIndex: Int { entries.startIndex }

  /// The number of entries.
  public var endIndex: Int { entries.endIndex }

  /// The entry at an index.
  public subscript(index: Int) -> Entry { entries[index] }
}
