import Catalogs

extension ChosenMethod {
  /// The settings that are not the standard ones, `name=value` in the order of names.
  package var changedSettings: String {
    settings.changes(of: method.parameters).sorted { $0.name < $1.name }
      .map { "\($0.name)=\($0.value)" }.joined(separator: ",")
  }
}
