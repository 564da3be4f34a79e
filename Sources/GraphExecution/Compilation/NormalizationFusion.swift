import GraphIR
import Operations
import TensorCore

/// Finds rectifiers behind batch norms of a training, which the kernels of those norms do.
///
/// `max(norm(x), 0)` is one kernel then, and so is what passes `g ⊙ (0 < max(norm(x), 0))` back
/// through the norm: it knows from `x` what was rectified away, and reads `g` itself.
struct NormalizationFusion {
  /// By the index of a rectifier, the normalization that is computed with it.
  private(set) var byRectifier: [Int: ValueID] = [:]

  /// By the index of a node that passes back, the gradient of what is rectified.
  private(set) var gradients: [Int: ValueID] = [:]

  /// The nodes that are computed inside the kernels of others.
  private(set) var inlined: Set<Int> = []

  private let graph: Graph
  private let users: [[Int]]

  /// Looks through a graph.
  ///
  /// - Parameters:
  ///   - graph: What is compiled.
  ///   - users: For each node, the nodes that use its result and are needed themselves.
  ///   - isOutput: Per node, whether its result is asked for.
  init(_ graph: Graph, users: [[Int]], isOutput: [Bool]) {
    self.graph = graph
    self.users = users
    for (index, node) in graph.nodes.enumerated()
    where node.operation is BatchNormalization && !isOutput[index] {
      guard users[index].count == 1, let rectifier = users[index].first,
        graph.nodes[rectifier].operation as? Unary == Unary(.rectify)
      else { continue }
      byRectifier[rectifier] = ValueID(index)
      inlined.insert(index)
    }
    for index in graph.nodes.indices {
      if let gradient = rectifiedGradient(index) { gradients[index] = gradient }
    }
    for index in graph.nodes.indices.reversed() where !isOutput[index] {
      let isOnlyRead = users[index].allSatisfy { gradients[$0] != nil || inlined.contains($0) }
      if isMask(index) || product(index) != nil, !users[index].isEmpty, isOnlyRead {
        inlined.insert(index)
      }
    }
  }

  /// The gradient of what is rectified behind the normalization that a node passes back through.
  private func rectifiedGradient(_ index: Int) -> ValueID? {
    let node = graph.nodes[index]
    let normalization: BatchNormalization
    switch node.operation {
    case let sums as BatchNormalizationSums: normalization = sums.normalization
    case let gradient as BatchNormalizationGradient: normalization = gradient.normalization
    default: return nil
    }
    guard let (gradient, source) = product(node.inputs[3].index),
      graph[source].operation as? BatchNormalization == normalization,
      graph[source].inputs == Array(node.inputs.prefix(3))
    else { return nil }
    return gradient
  }

  /// `g` and `norm(x)` of a product `g ⊙ (0 < max(norm(x), 0))`.
  private func product(_ index: Int) -> (gradient: ValueID, source: ValueID)? {
    let node = graph.nodes[index]
    guard node.operation as? Binary == Binary(.multiply), isMask(node.inputs[1].index),
      let source = byRectifier[graph[node.inputs[1]].inputs[1].index]
    else { return nil }
    return (node.inputs[0], source)
  }

  /// Whether a node tells where a rectifier that is part of a normalization lets through.
  private func isMask(_ index: Int) -> Bool {
    let node = graph.nodes[index]
    guard node.operation as? Binary == Binary(.less), byRectifier[node.inputs[1].index] != nil,
      let bound = graph[node.inputs[0]].operation as? Constant
    else { return false }
    return bound.tensor.elements == [0]
  }
}
