/// Copies a graph node by node into a new one, letting a rewrite replace nodes on the way.
///
/// Only what the outputs and the protected values need is copied. Equal operations on equal inputs
/// are copied once, but for protected values: who uses one of two that are equal is what tells them
/// apart when they are differentiated.
package struct Rebuild {
  /// The graph that is copied.
  package let source: Graph

  /// Where it is copied to.
  package let builder = GraphBuilder()

  /// Values that must survive, by their identifiers in `source`.
  package let protected: Set<ValueID>

  /// The same values in the copy, as far as it has grown.
  private var kept = Set<ValueID>()

  private let names: [ValueID: [String]]
  private var copies: [ValueID: Value] = [:]
  private var known: [Key: Value] = [:]

  private struct Key: Hashable {
    let operation: AnyHashable
    let inputs: [ValueID]
  }

  /// What a rewrite may look at when a node is about to be copied.
  package struct Site {
    /// The node in the source graph.
    package let node: Node

    /// Its value there.
    package let value: ValueID

    /// Its inputs in the new graph.
    package let inputs: [Value]

    /// Where new nodes go.
    package let builder: GraphBuilder

    /// Values of the new graph that must survive, which their users must go on using.
    package let kept: Set<ValueID>
  }

  /// Prepares the copy of a graph.
  package init(_ source: Graph, protecting names: Set<String>) {
    self.source = source
    protected = Set(names.compactMap(source.value(named:)))
    self.names = Dictionary(grouping: source.names, by: \.value).mapValues { $0.map(\.name) }
  }

  /// Copies, replacing every node for which `rewrite` returns a value.
  package mutating func run(
    rewrite: (Site) throws(GraphError) -> Value?
  ) throws(GraphError) -> Graph {
    let isNeeded = source.ancestors(of: source.outputs.map(\.value) + protected)
    for (index, node) in source.nodes.enumerated()
    where isNeeded[index] || node.operation is Input {
      let inputs = node.inputs.compactMap { copies[$0] }
      guard inputs.count == node.inputs.count else {
        throw GraphError(.malformedGraph, "node \(index) uses a value that was not copied")
      }
      let site = Site(
        node: node, value: ValueID(index), inputs: inputs, builder: builder, kept: kept)
      let copy: Value
      if let rewritten = try rewrite(site) {
        copy = rewritten
      } else {
        copy = try self.copy(site)
      }
      copies[ValueID(index)] = copy
      if protected.contains(ValueID(index)) { kept.insert(copy.id) }
      for name in names[ValueID(index)] ?? [] { builder.name(copy, name) }
    }
    for output in source.outputs {
      if let value = copies[output.value] { builder.output(output.name, value) }
    }
    return try builder.finish().verifiedInDebug()
  }

  private mutating func copy(_ site: Site) throws(GraphError) -> Value {
    guard !protected.contains(site.value) else {
      return try builder.append(site.node.operation, site.inputs)
    }
    let key = Key(operation: AnyHashable(site.node.operation), inputs: site.inputs.map(\.id))
    if let value = known[key] { return value }
    let value = try builder.append(site.node.operation, site.inputs)
    known[key] = value
    return value
  }
}
