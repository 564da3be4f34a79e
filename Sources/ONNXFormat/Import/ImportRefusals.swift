/// The nodes that could not be imported, and the values that depend on them.
///
/// A file may hold nodes that nobody asks about, such as the choice among overlapping boxes behind
/// the scores of a detector. What is wrong with a node is therefore kept, and matters only when
/// something that is asked for depends on it.
struct ImportRefusals {
  private var errors: [ONNXError] = []
  private var spoiled: [String: Set<Int>] = [:]

  /// Keeps what is wrong with a node.
  ///
  /// - Returns: Its number, for `spoil`.
  mutating func add(_ error: ONNXError) -> Int {
    errors.append(error)
    return errors.count - 1
  }

  /// Marks values as depending on nodes that were refused.
  mutating func spoil(_ names: [String], _ causes: Set<Int>) {
    for name in names where !name.isEmpty { spoiled[name] = causes }
  }

  /// The refused nodes that some values depend on.
  func causes(of names: [String]) -> Set<Int> {
    names.reduce(into: []) { $0.formUnion(spoiled[$1] ?? []) }
  }

  /// Why some values cannot be had; nil when they can.
  ///
  /// Unknown operators are listed together, so that all are known at once.
  func error(of names: [String]) -> ONNXError? {
    let causes = causes(of: names).sorted().map { errors[$0] }
    let unsupported = causes.filter { $0.code == .unsupportedOperator }
    return unsupported.isEmpty ? causes.first : OperatorCheck.summary(of: unsupported)
  }
}
