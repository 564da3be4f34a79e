import Catalogs

extension Settings {
  /// The settings that are not the standard ones, `name=value` with commas, in the order of names.
  func changes(of parameters: [any ParameterDescription]) -> String {
    texts.filter { name, text in
      parameters.first { $0.name == name }?.standardText != text
    }
    .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
  }
}
