/// A graph cut at one of its values: what results are made of from there on.
///
/// What comes behind the value may take others that are not computed from it, as the other branch of
/// a residual block. There are none where the value dominates the results: where every way to them from
/// the inputs leads through it.
package struct GraphCut: Sendable {
  /// The graph.
  package let graph: Graph

  /// Where it is cut.
  package let value: ValueID

  /// What is computed.
  package let results: [ValueID]

  /// Values beside the cut, in the order of the nodes: not computed from the value, not constant, and
  /// taken by what comes behind it.
  package let bypasses: [ValueID]

  /// Finds what lies beside a cut.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - value: Where it is cut.
  ///   - results: What is computed, each of it from the value.
  /// - Throws: `GraphError` when a result does not depend on the value.
  package init(
    _ graph: Graph, at value: ValueID, results: [ValueID]
  ) throws(GraphError) {
    let isBehind = graph.dependents(of: [value])
    guard results.allSatisfy({ isBehind[$0.index] }) else {
      let name = graph[value].name ?? "value \(value.index)"
      throw GraphError(.unsuitableStructure, "what is computed does not depend on \(name)")
    }
    let isNeeded = graph.ancestors(of: results)
    var beside: Set<ValueID> = []
    for (index, node) in graph.nodes.enumerated()
    where index != value.index && isBehind[index] && isNeeded[index] {
      beside.formUnion(
        node.inputs.filter { !isBehind[$0.index] && !graph[$0].isConstant })
    }
    self.graph = graph
    self.value = value
    self.results = results
    bypasses = beside.sorted()
  }

  /// Whether every way from the inputs to the results leads through the value.
  package var dominates: Bool { bypasses.isEmpty }
}
