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

  /// Lists entries, whose ids all differ.
  public init(_ noun: String, _ entries: [Entry]) {
    self.noun = noun
    self.entries = entries
  }

  /// The names of the entries.
  public var ids: [String] { entries.map(\.id) }

  /// The entry with an id, or nil.
  public subscript(id: String) -> Entry? {
    entries.first { $0.id == id }
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
