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
    // A product may stand between changes of shape, which cost nothing.
    for index in weighted.isEmpty ? [value.index] : weighted {
      let node = graph.nodes[index]
      let learned = node.inputs.enumerated().filter { input, source in
        node.core?.parameterInputs.contains(input) == true && graph[source].isConstant
      }
      parameterCount += learned.reduce(0) {
        $0 + graph[graph.origin(of: $1.element)].shape.elementCount
      }
      operationCount += node.core?.operationCount(at: OperationSite(node, in: graph)) ?? 0
    }
    operationCount /= max(graph[value].shape.extents.first ?? 1, 1)
  }
}

extension Graph {
  /// The value that is repeated or put in another order here.
  fileprivate func origin(of value: ValueID) -> ValueID {
    var value = value
    while self[value].operation is any Movement, self[value].inputs.count == 1 {
      value = self[value].inputs[0]
    }
    return value
  }
}
