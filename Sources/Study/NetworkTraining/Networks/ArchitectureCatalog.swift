public import Catalogs

/// An architecture that a user may choose.
public struct ArchitectureEntry: CatalogEntry {
  /// The name, as written on a command line.
  public let id: String

  /// What the layers are, in one sentence.
  public let summary: String

  /// What can be set.
  public let parameters: [any ParameterDescription]

  private let make: @Sendable (Settings) throws(SettingsError) -> any NetworkArchitecture

  init<Architecture: NetworkArchitecture>(
    _ parameters: [any ParameterDescription],
    _ make: @escaping @Sendable (Settings) throws(SettingsError) -> Architecture
  ) {
    id = Architecture.id
    summary = Architecture.summary
    self.parameters = parameters
    self.make = { (settings) throws(SettingsError) in try make(settings) }
  }

  /// The architecture with settings, which are completed with standard values.
  ///
  /// - Throws: `LearningError` naming a setting that does not exist or a value that it does not take.
  public func architecture(
    _ given: [String: String] = [:]
  ) throws(LearningError) -> any NetworkArchitecture {
    do {
      return try make(Settings(given, for: parameters, of: id))
    } catch {
      throw LearningError(.invalidSetting, error.description)
    }
  }
}

/// All architectures.
public enum ArchitectureCatalog {
  /// The architectures, the usual one first.
  public static let entries = Catalog<ArchitectureEntry>(
    "network",
    [
      PositionalNetwork.entry,
      ThreeConvolutionNetwork.entry,
      ResidualNetwork.entry,
      ResidualAverageNetwork.entry,
      InceptionNetwork.entry,
    ])

  /// The entry with a name.
  ///
  /// - Throws: `LearningError` listing the names when there is none.
  public static func entry(_ id: String) throws(LearningError) -> ArchitectureEntry {
    guard let entry = entries[id] else {
      throw LearningError(.invalidSetting, entries.absence(of: id))
    }
    return entry
  }
}
