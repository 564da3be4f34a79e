import GraphIR
import Operations
import TensorCore

/// What one node of a file has learned and what it costs.
struct LayerCost {
  /// How many numbers it has learned.
  private(set) var parameterCount = 0

  /// Arithmetic operations for one sample.
  private(set) var operationCount = 0

  /// Looks at the operations that a node of a file became.
  ///
  /// - Parameters:
  ///   - value: Its result.
  ///   - previous: The index of the last value that belongs to the nodes before it.
  ///   - graph: The network.
  init(_ value: ValueID, behind previous: Int, in graph: Graph) {
    let own = min(previous + 1, value.index)...value.index
    let weighted = own.filter { index in
      let node = graph.nodes[index]
      return !node.isConstant && node.core?.parameterInputs.isEmpty == false
    }
    // Directions of a recurrence share what they are parts of.
    var counted: Set<ValueID> = []
    // A product may stand between changes of shape, which cost nothing.
    for index in weighted.isEmpty ? [value.index] : weighted {
      let node = graph.nodes[index]
      let learned = node.inputs.enumerated().filter { input, source in
        node.core?.parameterInputs.contains(input) == true && graph[source].isConstant
      }
      for (_, source) in learned where counted.insert(graph.origin(of: source)).inserted {
        parameterCount += graph[graph.origin(of: source)].shape.elementCount
      }
      operationCount += node.core?.operationCount(at: OperationSite(node, in: graph)) ?? 0
    }
    let recurrences = own.compactMap { graph.nodes[$0].operation as? any SequentialOperation }
    if !recurrences.isEmpty {
      let sums = own.filter { graph.nodes[$0].operation is any ElementwiseOperation }
      parameterCount += sums.reduce(0) { $0 + graph.constantCount(at: $1) }
      parameterCount += recurrences.reduce(0) { count, recurrence in
        let step = recurrence.repeated
        return step.nodes.indices.reduce(count) { $0 + step.constantCount(at: $1) }
      }
    }
    operationCount /= max(graph[value].shape.extents.first ?? 1, 1)
  }
}

extension Graph {
  /// How many numbers that are not all 0, as biases that a file leaves out, a node takes as they are
  /// stored.
  fileprivate func constantCount(at index: Int) -> Int {
    let node = nodes[index]
    guard !node.isConstant else { return 0 }
    return node.inputs.reduce(0) { count, source in
      let stored = self[origin(of: source)].operation as? Constant
      let isLearned = stored?.tensor.elements.contains { $0 != 0 } ?? false
      let own = self[source].shape.elementCount
      return own > 1 && isLearned ? count + own : count
    }
  }

  /// The value that is repeated or put in another order here.
  fileprivate func origin(of value: ValueID) -> ValueID {
    var value = value
    while self[value].operation is any Movement, self[value].inputs.count == 1 {
      value = self[value].inputs[0]
    }
    return value
  }
}
