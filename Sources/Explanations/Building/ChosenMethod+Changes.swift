import Catalogs

extension ChosenMethod {
  /// The settings that are not the standard ones, `name=value` in the order of names.
  package var changedSettings: String {
    settings.changes(of: method.parameters).sorted { $0.name < $1.name }
      .map { "\($0.name)=\($0.value)" }.joined(separator: ",")
  }

  /// What figures call it: its title, and of which channels it shows a part.
  package var title: String {
    settings.route == .anywhere ? method.title : "\(method.title) through \(settings.route.text)"
  }
}

extension ExplanationPlan {
  /// The name of a method, with its settings where the plan has the method several times, or it shows
  /// some channels only.
  package func distinguishing(_ name: String, of chosen: ChosenMethod) -> String {
    let changes = chosen.changedSettings
    let isRepeated = methods.count { $0.method.id == chosen.method.id } > 1
    let isPart = chosen.settings.route != .anywhere
    return (isRepeated || isPart) && !changes.isEmpty ? "\(name) \(changes)" : name
  }
}
