public import GraphIR
import Operations
import TensorCore

extension Graph {
  /// An equal graph with less in it.
  ///
  /// Drops what no output needs, shares equal subexpressions, and applies the algebra of
  /// `SimplificationRules` until nothing changes.
  ///
  /// - Parameter names: Values that must survive although no output needs them.
  /// - Returns: The simpler graph; inputs and outputs keep their names and order.
  /// - Throws: `GraphError` when the graph is malformed.
  public func simplified(keeping names: Set<String> = []) throws(GraphError) -> Graph {
    var graph = self
    while true {
      let count = graph.nodes.count
      var changes = 0
      var rebuild = Rebuild(graph, protecting: names)
      graph = try rebuild.run { (site) throws(GraphError) -> Value? in
        let value = SimplificationRules.apply(site)
        if value != nil { changes += 1 }
        return value
      }
      if changes == 0 && graph.nodes.count == count { return graph }
    }
  }
}

/// The algebra of simplification: each rule returns an equal, simpler value, or nil.
enum SimplificationRules {
  static let all: [@Sendable (Rebuild.Site) -> Value?] = [
    NeutralElements.apply, ZeroInputs.apply, KnownSigns.apply, MovementAlgebra.apply,
    CommonFactor.apply,
  ]

  static func apply(_ site: Rebuild.Site) -> Value? {
    for rule in all {
      if let value = rule(site) { return value }
    }
    return nil
  }
}
