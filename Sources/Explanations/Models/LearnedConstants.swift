import GraphIR
import Operations
import TensorCore

/// Which constants of a graph hold what a network learned, by what operations do with them.
///
/// These are what convolutions, linear maps and recurrences take as weights and biases, and what scales
/// or shifts channels behind the first of them, as normalizations and biases do. Whatever stands before
/// the first prepares the input. Single numbers, limits, masks, tables of positions and what is not finite
/// are none. The matrix of a fixed transform that is written as a product counts, as nothing tells it
/// from a learned one.
struct LearnedConstants {
  /// One entry per node.
  let isLearned: [Bool]

  /// Looks at what every constant is used for.
  ///
  /// - Parameters:
  ///   - graph: A network, or what is repeated within it.
  ///   - isWithin: Whether everything that it computes stands behind a learned operation.
  init(_ graph: Graph, isWithin: Bool = false) {
    var isBehind = [Bool](repeating: isWithin, count: graph.nodes.count)
    var learned: [ValueID] = []
    for (index, node) in graph.nodes.enumerated() where !node.isConstant {
      let before = node.inputs.filter { !graph[$0].isConstant }
      let isShifted = before.contains { isBehind[$0.index] }
      let taken = graph.parameters(of: node)
      learned += taken + (isShifted ? graph.rows(of: node) : [])
      let isMap = !taken.isEmpty || node.operation is any SequentialOperation
      isBehind[index] = isBehind[index] || isShifted || isMap
    }
    let leads = graph.ancestors(of: learned)
    isLearned = zip(graph.nodes, leads).map { node, leads in
      guard leads, let constant = node.operation as? Constant else { return false }
      return constant.tensor.elements.count > 1
        && constant.tensor.elements.allSatisfy { $0.isFinite }
    }
  }
}

extension Graph {
  /// The constants that a node takes as weights or bias.
  fileprivate func parameters(of node: Node) -> [ValueID] {
    (node.core?.parameterInputs ?? []).filter { $0 < node.inputs.count }
      .map { node.inputs[$0] }.filter { self[$0].isConstant }
  }

  /// The constants that a node scales or shifts by, one number for each index along one axis.
  fileprivate func rows(of node: Node) -> [ValueID] {
    let others = Set(node.inputs.indices.filter { !self[node.inputs[$0]].isConstant })
    guard node.operation is any ElementwiseOperation, !others.isEmpty,
      let core = node.core, core.linearity(inputCount: node.inputs.count).isLinear(in: others)
    else { return [] }
    return node.inputs.filter { input in
      self[input].isConstant && self[input].shape.extents.count { $0 > 1 } == 1
    }
  }
}
