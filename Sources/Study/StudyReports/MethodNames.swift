import Explanations

/// Explanation methods as they are called in sentences.
enum MethodNames {
  /// The name of a method in figures; its id when the catalog does not have it.
  static func title(_ id: String) -> String {
    (try? MethodCatalog.method(id))?.title ?? id
  }

  /// What a method shows, and where it was published.
  static func summary(_ id: String) -> String? {
    (try? MethodCatalog.method(id)).map { "\($0.summary) (\($0.source))" }
  }
}
