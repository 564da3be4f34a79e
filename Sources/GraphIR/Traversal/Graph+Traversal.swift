/// Questions that one walk over a graph answers for every node.
extension Graph {
  /// For every node, whether one of `values` influences its result; the values themselves count.
  package func dependents(of values: some Sequence<ValueID>) -> [Bool] {
    var depends = [Bool](repeating: false, count: nodes.count)
    for value in values { depends[value.index] = true }
    for (index, node) in nodes.enumerated() where !depends[index] {
      depends[index] = node.inputs.contains { depends[$0.index] }
    }
    return depends
  }

  /// For every node, whether one of `values` is computed from it; the values themselves count.
  package func ancestors(of values: some Sequence<ValueID>) -> [Bool] {
    var leads = [Bool](repeating: false, count: nodes.count)
    for value in values { leads[value.index] = true }
    for index in nodes.indices.reversed() where leads[index] {
      for input in nodes[index].inputs { leads[input.index] = true }
    }
    return leads
  }

  /// For every node, whether an output is computed from it.
  package var live: [Bool] { ancestors(of: outputs.map(\.value)) }
}
