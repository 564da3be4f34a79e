import GraphIR
import Operations
import TensorCore

extension Graph {
  /// How many numbers are moved by transpositions of computed values when the graph is run.
  package var transposedCount: Int { AxisOrderSearch(self, kept: []).cost.movedCount }

  /// An equal graph in which fewer numbers are moved by transpositions.
  ///
  /// What can be computed with its axes in another order is, up to operations that know their axes by
  /// place; values that are not kept may stand in another order under their names.
  ///
  /// - Parameter names: Values that must stay as they are, and that their users must go on using.
  /// - Returns: The graph, in which nothing else is simplified; nil when there is nothing to gain.
  /// - Throws: `GraphError` when the graph is malformed.
  func withFewerTranspositions(keeping names: Set<String>) throws(GraphError) -> Graph? {
    guard nodes.contains(where: { !$0.isConstant && $0.operation is Transpose }) else { return nil }
    var rebuild = Rebuild(self, protecting: names)
    var search = AxisOrderSearch(self, kept: rebuild.protected)
    guard search.improve() else { return nil }
    let delivered = rebuild.protected.union(outputs.map(\.value))
    let emission = AxisOrderEmission(search: search, delivered: delivered)
    return try rebuild.run { (site) throws(GraphError) -> Value? in emission.value(at: site) }
  }

  /// What transpositions cost when nothing is turned.
  func transposingCost(keeping names: Set<String>) -> TransposingCost {
    AxisOrderSearch(self, kept: Set(names.compactMap(value))).cost
  }
}

/// Writes nodes in the orders that were found.
private struct AxisOrderEmission {
  let search: AxisOrderSearch
  /// Values whose copies stand in their own order.
  let delivered: Set<ValueID>

  /// The value of a node in the order that was found for it, or in its own where that is asked for.
  func value(at site: Rebuild.Site) -> Value? {
    let (index, order) = (site.value.index, search.orders[site.value.index])
    let inputs = site.inputs.enumerated().map { input, value in
      let source = site.node.inputs[input]
      let taken = search.dependence.inputOrder(index, input, for: order)
      return value.turned(from: copiedOrder(source), to: taken)
    }
    let isPlain = order.isNatural && zip(inputs, site.inputs).allSatisfy { $0.id == $1.id }
    guard !isPlain || search.dependence.isNothing(index) else { return nil }
    let value = search.dependence.computed(index, in: order, of: inputs, site.builder)
    return delivered.contains(site.value)
      ? value.turned(from: order, to: .natural(order.axes.count)) : value
  }

  /// The order in which the copy of a value stands.
  private func copiedOrder(_ value: ValueID) -> AxisOrder {
    delivered.contains(value)
      ? .natural(search.orders[value.index].axes.count) : search.orders[value.index]
  }
}

extension Value {
  /// The value, whose axes stand in one order, with its axes in another.
  fileprivate func turned(from order: AxisOrder, to other: AxisOrder) -> Value {
    order == other ? self : transposed(order.permutation(to: other))
  }
}
