import GraphIR
import Operations
import TensorCore

/// What transpositions cost.
struct TransposingCost: Comparable {
  /// How many numbers are moved.
  var movedCount = 0

  /// How many transpositions stand right behind a learned map, where they keep what follows from being
  /// folded into it.
  var behindMaps = 0

  static func < (left: Self, right: Self) -> Bool {
    (left.movedCount, left.behindMaps) < (right.movedCount, right.behindMaps)
  }

  static func += (left: inout Self, right: Self) {
    left.movedCount += right.movedCount
    left.behindMaps += right.behindMaps
  }
}

/// Finds the order of axes to compute each value of a graph in so that little is transposed.
///
/// Every node stands in an order. Where a user takes a value in another order than it stands in, the value
/// is transposed, which costs as many numbers as it has; the transpositions of the graph itself only tell
/// orders apart and cost nothing by themselves. From a place where something is transposed, whole regions
/// of operations that follow their inputs are turned at once, up to operations that know their axes by
/// place; a region stays turned if that costs less.
struct AxisOrderSearch {
  /// The orders found so far, by nodes.
  private(set) var orders: [AxisOrder]

  let dependence: AxisDependence
  private let graph: Graph
  private let users: [[Int]]
  private let kept: Set<ValueID>
  private let isOutput: [Bool]

  /// A node in an order.
  private struct Standing: Hashable {
    let index: Int
    let order: AxisOrder
  }

  /// Starts with every axis in its own place.
  ///
  /// - Parameters:
  ///   - graph: A graph in which everything is needed.
  ///   - kept: Values that must stay as they are, and that their users must go on using.
  init(_ graph: Graph, kept: Set<ValueID>) {
    self.graph = graph
    self.kept = kept
    dependence = AxisDependence(graph, kept: kept)
    orders = graph.nodes.map { .natural($0.shape.rank) }
    users = graph.users
    var isOutput = [Bool](repeating: false, count: graph.nodes.count)
    for output in graph.outputs { isOutput[output.value.index] = true }
    self.isOutput = isOutput
  }

  /// What is transposed now.
  var cost: TransposingCost {
    graph.nodes.indices.reduce(into: TransposingCost()) { $0 += cost(of: $1) }
  }

  /// The order in which users find a value; a kept one is transposed back for them.
  func foundOrder(_ value: ValueID) -> AxisOrder {
    kept.contains(value) ? .natural(graph[value].shape.rank) : orders[value.index]
  }

  /// Turns regions as long as that lessens the cost.
  ///
  /// - Returns: Whether any was turned.
  mutating func improve() -> Bool {
    var (isImproved, goesOn) = (false, true)
    var refused = Set<Standing>()
    while goesOn {
      goesOn = false
      for index in graph.nodes.indices where cost(of: index).movedCount > 0 {
        for start in starts(index) where !refused.contains(start) {
          let region = region(from: start)
          if turn(region) {
            (isImproved, goesOn) = (true, true)
            refused = []
            break
          }
          refused.formUnion(region.map { Standing(index: $0, order: $1) })
        }
      }
    }
    return isImproved
  }

  /// Turns a region unless that costs more.
  private mutating func turn(_ region: [Int: AxisOrder]) -> Bool {
    let inputs = region.keys.flatMap { graph.nodes[$0].inputs.map(\.index) }
    let affected = Set(inputs).union(region.keys)
    func costs(_ search: Self) -> TransposingCost {
      affected.reduce(into: TransposingCost()) { $0 += search.cost(of: $1) }
    }
    let previous = region.keys.map { ($0, orders[$0]) }
    let before = costs(self)
    for (index, order) in region { orders[index] = order }
    let after = costs(self)
    // Number by number, it does not matter in which order; sums are quicker over last axes.
    let isAlike = after.movedCount == before.movedCount
    if after < before, !isAlike || region.keys.allSatisfy(dependence.isElementwise) { return true }
    for (index, order) in previous { orders[index] = order }
    return false
  }

  /// Where something is transposed at a node, and how it could stand instead.
  private func starts(_ index: Int) -> [Standing] {
    let value = ValueID(index)
    let found = foundOrder(value)
    var starts: [Standing] = []
    func add(_ index: Int, _ order: AxisOrder?) {
      guard let order, dependence.canStand(index, in: order), order != orders[index] else { return }
      starts.append(Standing(index: index, order: order))
    }
    if kept.contains(value) || isOutput[index] { add(index, .natural(found.axes.count)) }
    for (user, input) in uses(index) {
      let taken = dependence.inputOrder(user, input, for: orders[user])
      guard !agrees(index, taken, found) else { continue }
      if !kept.contains(value) { add(index, taken) }
      add(user, dependence.resultOrder(user, input, for: found))
    }
    return starts
  }

  /// What has to be turned together with a node.
  private func region(from start: Standing) -> [Int: AxisOrder] {
    var region = [start.index: start.order]
    var frontier = [start]
    while let standing = frontier.popLast() {
      for next in neighbors(standing)
      where region[next.index] == nil && dependence.canStand(next.index, in: next.order)
        && next.order != orders[next.index]
      {
        region[next.index] = next.order
        frontier.append(next)
      }
    }
    return region
  }

  private func neighbors(_ standing: Standing) -> [Standing] {
    let node = graph.nodes[standing.index]
    var neighbors = node.inputs.enumerated().compactMap { input, value in
      kept.contains(value) || graph[value].isConstant
        ? nil
        : Standing(
          index: value.index,
          order: dependence.inputOrder(standing.index, input, for: standing.order))
    }
    guard !kept.contains(ValueID(standing.index)) else { return neighbors }
    for (user, input) in uses(standing.index) {
      if let order = dependence.resultOrder(user, input, for: standing.order) {
        neighbors.append(Standing(index: user, order: order))
      }
    }
    return neighbors
  }

  private func uses(_ index: Int) -> [(user: Int, input: Int)] {
    users[index].flatMap { user in
      graph.nodes[user].inputs.indices.filter {
        graph.nodes[user].inputs[$0].index == index
      }.map { (user, $0) }
    }
  }

  /// Whether the numbers of a node lie alike in two orders.
  private func agrees(_ index: Int, _ left: AxisOrder, _ right: AxisOrder) -> Bool {
    left == right || left.moving(graph.nodes[index].shape) == right.moving(graph.nodes[index].shape)
  }

  /// What transpositions of one value cost.
  private func cost(of index: Int) -> TransposingCost {
    let (node, value) = (graph.nodes[index], ValueID(index))
    guard !node.isConstant, node.shape.rank > 1 else { return TransposingCost() }
    let found = foundOrder(value).moving(node.shape)
    var taken = Set(
      uses(index).map { dependence.inputOrder($0, $1, for: orders[$0]).moving(node.shape) })
    if isOutput[index] { taken.insert(AxisOrder.natural(node.shape.rank).moving(node.shape)) }
    taken.remove(found)
    let isTurnedBack = kept.contains(value) && orders[index].moving(node.shape) != found
    let count = taken.count + (isTurnedBack ? 1 : 0)
    let isMap = node.core?.parameterInputs.isEmpty == false
    return TransposingCost(
      movedCount: count * node.shape.elementCount, behindMaps: isMap ? count : 0)
  }
}
