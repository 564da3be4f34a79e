/// Where an entry of a model's information comes from.
public enum InformationOrigin: Hashable, Sendable, CustomStringConvertible {
  /// A file beside the network.
  case file(String)
  /// A property in the metadata of the network's file.
  case metadata(String)
  /// What the caller said.
  case option
  /// A preset that the caller, or a file, named.
  case preset(String)
  /// Nobody said it.
  case assumed

  /// Whether it was found where others left it, rather than said for this network.
  package var isFound: Bool {
    switch self {
    case .file(let name): FilesBeside.names.contains(name)
    case .metadata(let key): key != "vitrine"
    case .option, .preset, .assumed: false
    }
  }

  /// The origin in a few words.
  public var description: String {
    switch self {
    case .file(let name): name
    case .metadata(let key): "metadata \"\(key)\""
    case .option: "option"
    case .preset(let id): "preset \(id)"
    case .assumed: "assumed"
    }
  }
}

/// How an input was prepared, entry by entry, and where each entry comes from.
public struct PreparationRecord: Codable, Hashable, Sendable {
  /// One thing that was done, or how.
  public struct Entry: Codable, Hashable, Sendable {
    /// What it is, such as `mean`.
    public let name: String

    /// Its value as text.
    public let value: String

    /// Where it comes from, as `InformationOrigin` says it.
    public let origin: String

    /// Describes what was done.
    public init(_ name: String, _ value: String, _ origin: InformationOrigin) {
      self.name = name
      self.value = value
      self.origin = origin.description
    }
  }

  /// The entries, in the order in which they apply.
  public let entries: [Entry]

  /// Whether how values are scaled was assumed.
  public let isAssumed: Bool

  /// Creates a record; nothing was done when nothing is given.
  public init(_ entries: [Entry] = [], isAssumed: Bool = false) {
    self.entries = entries
    self.isAssumed = isAssumed
  }
}
