package import GraphIR
import TensorCore

extension Graph {
  /// The graph with what follows from constants alone as constants, where that is no larger.
  ///
  /// Arithmetic on weights, such as that of batch norms, is done once instead of whenever the graph
  /// runs. What would have to be stored beside what it is made of, such as the positive part of
  /// weights that are used as well, stays arithmetic.
  ///
  /// - Returns: A graph with equal outputs.
  /// - Throws: `GraphError`, or `ExecutionError` when a constant cannot be computed.
  package func storingConstants() throws -> Graph {
    let stored = ConstantChoice(self).stored
    guard !stored.isEmpty else { return self }
    let results = try Program(part(of: stored)).run([:]).byName
    var rebuild = Rebuild(self, protecting: [])
    return try rebuild.run { (site) throws(GraphError) -> Value? in
      results["\(site.value.index)"].map(site.builder.constant)
    }
  }
}

extension Graph {
  /// What some values need, which no input is among; outputs are named by the values' numbers.
  private func part(of values: [ValueID]) throws(GraphError) -> Graph {
    var part = Graph()
    var copies: [ValueID: ValueID] = [:]
    for (index, isNeeded) in ancestors(of: values).enumerated() where isNeeded {
      let node = nodes[index]
      copies[ValueID(index)] = try part.append(
        node.operation, node.inputs.compactMap { copies[$0] })
    }
    part.outputs = values.compactMap { value in
      copies[value].map { GraphOutput(name: "\(value.index)", value: $0) }
    }
    return part
  }
}

/// Which values that follow from constants are worth storing.
private struct ConstantChoice {
  /// The values, in the order of the graph.
  private(set) var stored: [ValueID] = []

  /// What is so small that it is always stored.
  private static let smallCount = 4096

  init(_ graph: Graph) {
    let live = graph.live
    let users = graph.users.map { $0.filter { live[$0] } }
    var kept = Set(graph.outputs.map(\.value))
    for (index, node) in graph.nodes.enumerated() where live[index] && !node.isConstant {
      kept.formUnion(node.inputs.filter { graph[$0].isConstant })
    }
    // Backward, so that of what is too large to store its own operands can be stored.
    for index in graph.nodes.indices.reversed() {
      let value = ValueID(index)
      let node = graph[value]
      guard live[index], kept.contains(value), node.isConstant, !(node.operation is Constant)
      else { continue }
      let cone = Self.cone(of: value, in: graph, endingAt: kept)
      let freed = cone.filter { part in
        graph[part].operation is Constant
          && users[part.index].allSatisfy { cone.contains(ValueID($0)) }
      }
      let size = freed.reduce(Self.smallCount) { $0 + graph[$1].shape.elementCount }
      if node.shape.elementCount <= size {
        stored.append(value)
      } else {
        kept.remove(value)
        kept.formUnion(node.inputs)
      }
    }
    stored.reverse()
  }

  /// A value and the constants that it follows from, as far as others that are kept.
  private static func cone(
    of value: ValueID, in graph: Graph, endingAt kept: Set<ValueID>
  ) -> Set<ValueID> {
    var cone: Set<ValueID> = [value]
    var pending = graph[value].inputs
    while let next = pending.popLast() {
      guard !kept.contains(next), cone.insert(next).inserted else { continue }
      pending += graph[next].inputs
    }
    return cone
  }
}
