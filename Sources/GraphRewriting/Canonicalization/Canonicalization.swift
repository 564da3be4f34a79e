public import GraphIR

extension Graph {
  /// The graph in the form that explanations are defined on.
  ///
  /// Batch norms and other affine maps per channel are folded into the linear operation beside
  /// them; what the folding consumes disappears unless its name is kept.
  ///
  /// - Parameter names: Values a user asks for, which therefore must survive.
  /// - Returns: A graph with equal outputs.
  /// - Throws: `GraphError` when the graph is malformed.
  public func canonicalized(keeping names: Set<String> = []) throws(GraphError) -> Graph {
    var graph = try simplified(keeping: names)
    while true {
      let folded = try graph.foldingAffineMaps(keeping: names)
      if folded.count == 0 { return graph }
      graph = try folded.graph.simplified(keeping: names)
    }
  }
}
