import GraphIR
import Operations
import TensorCore

/// What the order of the axes of one value asks of the values beside it.
struct AxisDependence {
  private enum Kind {
    /// Knows its axes by their places.
    case fixed
    /// A transposition: in another order it is another one, or none.
    case transposed([Int])
    case reshaped(AxisBlocks)
    /// Can be done in any order.
    case following
  }

  let graph: Graph
  private let kinds: [Kind]

  /// Looks at every node.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - kept: Values that must survive.
  init(_ graph: Graph, kept: Set<ValueID>) {
    self.graph = graph
    kinds = graph.nodes.enumerated().map { index, node in
      switch node.operation {
      case is any AxisFollowing: .following
      case _ where kept.contains(ValueID(index)): .fixed
      case let transpose as Transpose: .transposed(transpose.permutation)
      case is Reshape:
        AxisBlocks(
          graph.axes(of: ValueID(index))[0], from: graph[node.inputs[0]].shape, to: node.shape
        ).map(Kind.reshaped) ?? .fixed
      default: .fixed
      }
    }
  }

  /// Whether a node can be computed with its axes in an order.
  func canStand(_ index: Int, in order: AxisOrder) -> Bool {
    switch kinds[index] {
    case .fixed: order.isNatural
    case .transposed, .following: true
    case .reshaped(let blocks): blocks.inputOrder(for: order) != nil
    }
  }

  /// Whether a node computes number by number, or only transposes.
  func isElementwise(_ index: Int) -> Bool {
    isNothing(index) || graph.nodes[index].operation is any ElementwiseOperation
  }

  /// Whether a node only tells orders apart: what it takes is what it gives.
  func isNothing(_ index: Int) -> Bool {
    if case .transposed = kinds[index] { true } else { false }
  }

  /// The order in which a node that stands in an order takes an input.
  func inputOrder(_ index: Int, _ input: Int, for order: AxisOrder) -> AxisOrder {
    let shape = graph[graph.nodes[index].inputs[input]].shape
    switch kinds[index] {
    case .fixed: return .natural(shape.rank)
    case .transposed(let permutation): return order.before(permutation)
    case .reshaped(let blocks): return blocks.inputOrder(for: order) ?? .natural(shape.rank)
    case .following: return order.dropping(order.axes.count - shape.rank)
    }
  }

  /// The order in which a node would stand that takes an input as it is; nil where there is none.
  func resultOrder(_ index: Int, _ input: Int, for order: AxisOrder) -> AxisOrder? {
    switch kinds[index] {
    case .fixed: return nil
    case .transposed(let permutation):
      return order.before(AxisOrder(permutation).inverse.axes)
    case .reshaped(let blocks): return blocks.resultOrder(for: order)
    case .following:
      return graph.nodes[index].shape.rank == order.axes.count ? order : nil
    }
  }

  /// What computes a node in an order, of inputs as `inputOrder` says.
  func computed(_ index: Int, in order: AxisOrder, of inputs: [Value], _ builder: GraphBuilder)
    -> Value
  {
    let node = graph.nodes[index]
    switch kinds[index] {
    case .fixed: return builder.apply(node.operation, inputs)
    case .transposed: return inputs[0]
    case .reshaped: return builder.apply(Reshape(to: order.shape(node.shape)), inputs)
    case .following:
      guard let operation = node.operation as? any AxisFollowing else { return inputs[0] }
      let alike = zip(inputs, node.inputs).map { input, source in
        input.padded(graph[source].shape, order)
      }
      return builder.apply(operation.following(order.axes), alike)
    }
  }
}

extension Value {
  /// A value of fewer axes than an order has, with axes of extent 1 where others stand.
  fileprivate func padded(_ natural: Shape, _ order: AxisOrder) -> Value {
    let added = order.axes.count - natural.rank
    guard added > 0, natural.elementCount != 1 else { return self }
    return reshaped(to: Shape(order.axes.map { $0 < added ? 1 : natural[$0 - added] }))
  }
}
