import Catalogs

extension ChosenMethod {
  /// The settings that are not the standard ones, `name=value` in the order of names.
  package var changedSettings: String {
    settings.changes(of: method.parameters).sorted { $0.name < $1.name }
      .map { "\($0.name)=\($0.value)" }.joined(separator: ",")
  }
}

extension ExplanationPlan {
  /// The name of a method, with its settings where the plan has the method several times.
  package func distinguishing(_ name: String, of chosen: ChosenMethod) -> String {
    let changes = chosen.changedSettings
    let isRepeated = methods.count { $0.method.id == chosen.method.id } > 1
    return isRepeated && !changes.isEmpty ? "\(name) \(changes)" : name
  }
}
