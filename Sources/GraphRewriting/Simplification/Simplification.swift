public import GraphIR

extension Graph {
  /// An equal graph with less in it.
  ///
  /// Drops what no output needs, shares equal subexpressions, and applies the laws of algebra in
  /// `SimplificationLaws` until nothing changes.
  ///
  /// - Parameter names: Values that must survive although no output needs them.
  /// - Returns: The simpler graph; inputs and outputs keep their names and order.
  /// - Throws: `GraphError` when the graph is malformed.
  public func simplified(keeping names: Set<String> = []) throws(GraphError) -> Graph {
    try simplified(by: SimplificationLaws.book, keeping: names) { _ in }
  }

  /// The same with some laws only.
  ///
  /// - Parameters:
  ///   - laws: The laws.
  ///   - applied: Called with a law whenever it was applied.
  /// - Returns: The simpler graph.
  /// - Throws: `GraphError` when the graph is malformed.
  package func simplified(
    by laws: [Law], applied: (Law) -> Void = { _ in }
  ) throws(GraphError) -> Graph {
    try simplified(by: LawBook(laws), keeping: [], applied: applied)
  }

  private func simplified(
    by laws: LawBook, keeping names: Set<String>, applied: (Law) -> Void
  ) throws(GraphError) -> Graph {
    var graph = self
    while true {
      let count = graph.nodes.count
      var changes = 0
      var rebuild = Rebuild(graph, protecting: names)
      let facts = ValueFacts(rebuild.builder)
      graph = try rebuild.run { (site) throws(GraphError) -> Value? in
        guard let (law, value) = laws.first(at: site, knowing: facts) else { return nil }
        changes += 1
        applied(law)
        return value
      }
      if changes == 0 && graph.nodes.count == count { return graph }
    }
  }
}

/// The laws of simplification.
package enum SimplificationLaws {
  /// All of them; of those about one operation the first that holds is applied.
  package static let all = ArithmeticLaws.all + ZeroLaws.all + SignLaws.all + MovementLaws.all

  static let book = LawBook(all)
}
