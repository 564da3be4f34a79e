public import Catalogs

/// A method with its settings.
public struct ChosenMethod: Sendable {
  /// The method, of the catalog or of one's own.
  public let method: ExplanationMethod

  /// Its settings, complete.
  public var settings: Settings

  /// Chooses a method.
  ///
  /// - Parameters:
  ///   - method: The method, of the catalog or of one's own.
  ///   - settings: What differs from the standard, as it is written on the command line.
  /// - Throws: `ExplanationError` naming a setting or value that the method does not have.
  public init(
    _ method: ExplanationMethod, settings: [String: String] = [:]
  ) throws(ExplanationError) {
    self.method = method
    do throws(SettingsError) {
      self.settings = try Settings(settings, for: method.parameters, of: method.id)
    } catch {
      throw ExplanationError(.invalidSetting, error.description)
    }
  }

  /// Chooses a method of the catalog.
  ///
  /// - Parameters:
  ///   - id: As listed by the catalog.
  ///   - settings: What differs from the standard, as it is written on the command line.
  /// - Throws: `ExplanationError` naming what does not exist.
  public init(_ id: String, settings: [String: String] = [:]) throws(ExplanationError) {
    try self.init(MethodCatalog.method(id), settings: settings)
  }
}
