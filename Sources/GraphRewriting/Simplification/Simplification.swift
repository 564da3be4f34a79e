public import GraphIR

extension Graph {
  /// An equal graph with less in it.
  ///
  /// Drops what no output needs, shares equal subexpressions, and applies the laws of algebra in
  /// `SimplificationLaws` until nothing changes. Where transpositions of computed values are left,
  /// what lies between them is computed with its axes in another order if that moves fewer numbers;
  /// a value that is not kept may then stand in another order under its name.
  ///
  /// - Parameter names: Values that must survive although no output needs them; whoever used one goes
  ///   on using it, so that its gradient stays what it was.
  /// - Returns: The simpler graph; inputs and outputs keep their names and order.
  /// - Throws: `GraphError` when the graph is malformed.
  public func simplified(keeping names: Set<String> = []) throws(GraphError) -> Graph {
    var graph = try simplified(by: SimplificationLaws.book, keeping: names) { _ in }
    while let turned = try graph.withFewerTranspositions(keeping: names) {
      let next = try turned.simplified(by: SimplificationLaws.book, keeping: names) { _ in }
      guard next.transposingCost(keeping: names) < graph.transposingCost(keeping: names) else {
        return graph
      }
      graph = next
    }
    return graph
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
      let protected = rebuild.protected
      let users = protected.isEmpty ? [] : graph.users
      let builder = rebuild.builder
      graph = try rebuild.run { (site) throws(GraphError) -> Value? in
        facts.kept = site.kept
        let nodeCount = builder.graph.nodes.count
        guard let (law, value) = laws.first(at: site, knowing: facts) else { return nil }
        let isNew = value.id.index >= nodeCount
        guard isNew || !protected.contains(site.value) || site.isOnlyUser(of: value, users) else {
          return nil
        }
        changes += 1
        applied(law)
        return value
      }
      if changes == 0 && graph.nodes.count == count { return graph }
    }
  }
}

extension Rebuild.Site {
  /// Whether a value is an input of the node that nothing else uses, so that what is made of it may
  /// take its place: the two are one value to whoever differentiates.
  fileprivate func isOnlyUser(of value: Value, _ users: [[Int]]) -> Bool {
    zip(inputs, node.inputs).contains { $0.id == value.id && users[$1.index].count == 1 }
  }
}

/// The laws of simplification.
package enum SimplificationLaws {
  /// All of them; of those about one operation the first that holds is applied.
  package static let all = ArithmeticLaws.all + ZeroLaws.all + SignLaws.all + MovementLaws.all

  static let book = LawBook(all)
}
