import Explanations

/// A method with what differs from its standard settings: a run may hold several of one method.
struct MethodVariant: Hashable {
  let id: String
  let changes: String

  init(_ chosen: ChosenMethod) {
    id = chosen.method.id
    changes = chosen.changedSettings
  }
}

extension Dictionary where Key == MethodVariant {
  /// What is known of each variant by what it is called, in the order of names: its id, and its settings
  /// where there are several of the method.
  var named: [(name: String, known: Value)] {
    map { variant, known in
      let isRepeated = keys.count { $0.id == variant.id } > 1
      let tellsChanges = isRepeated && !variant.changes.isEmpty
      return (tellsChanges ? "\(variant.id) \(variant.changes)" : variant.id, known)
    }
    .sorted { $0.name < $1.name }
  }
}
