/// The nodes that could not be imported, and the values that depend on them.
///
/// A file may hold nodes that nobody asks about, such as the choice among overlapping boxes behind
/// the scores of a detector. What is wrong with a node is therefore kept, and matters only when
/// something that is asked for depends on it.
struct ImportRefusals {
  private enum Cause {
    case unknown(UnknownNode)
    case error(ONNXError)
  }

  private var found: [Cause] = []
  private var spoiled: [String: Set<Int>] = [:]

  /// Keeps what is wrong with a node.
  ///
  /// - Returns: Its number, for `spoil`.
  mutating func add(_ error: ONNXError) -> Int {
    found.append(.error(error))
    return found.count - 1
  }

  /// Keeps a node whose operator is not known.
  ///
  /// - Returns: Its number, for `spoil`.
  mutating func add(_ node: UnknownNode) -> Int {
    found.append(.unknown(node))
    return found.count - 1
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
    var nodes: [UnknownNode] = []
    var errors: [ONNXError] = []
    for index in causes(of: names).sorted() {
      switch found[index] {
      case .unknown(let node): nodes.append(node)
      case .error(let error): errors.append(error)
      }
    }
    let unsupported = errors.first { $0.code == .unsupportedOperator }
    return nodes.isEmpty ? unsupported ?? errors.first : UnknownNode.error(of: nodes)
  }
}
