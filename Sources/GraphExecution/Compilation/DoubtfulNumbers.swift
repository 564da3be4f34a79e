import GraphIR
import Operations
import TensorCore

/// Tells which values may hold what is no finite number although weights are finite.
///
/// Inputs may, and what is divided, logarithms, roots and powers; so may what is made of it. Sums and
/// products of finite numbers are taken to be finite: nothing is looked for that would need activations
/// beyond 10³⁸.
struct DoubtfulNumbers {
  /// For each node of the graph.
  private(set) var isDoubtful: [Bool] = []

  /// For each node of the graph, whether a division, logarithm, root or power is behind it.
  private(set) var comesOfArithmetic: [Bool] = []

  /// Looks at a graph.
  ///
  /// - Parameters:
  ///   - graph: What is compiled.
  ///   - fusion: Which nodes share a kernel: what is looked through before a kernel is not looked
  ///     through again behind it.
  init(_ graph: Graph, _ fusion: FusionPlan) {
    for (index, node) in graph.nodes.enumerated() {
      let inherits =
        !fusion.isConstant[index] && fusion.hiddenInputs(of: ValueID(index), in: graph) == nil
        && node.inputs.contains { isDoubtful[$0.index] }
      let makes = !fusion.isConstant[index] && Self.makesDoubtful(node, graph)
      comesOfArithmetic.append(makes || node.inputs.contains { comesOfArithmetic[$0.index] })
      isDoubtful.append(
        makes || !fusion.isConstant[index] && (node.operation is Input || inherits))
    }
  }

  /// Whether an operation makes of some finite numbers what is no finite number.
  private static func makesDoubtful(_ node: Node, _ graph: Graph) -> Bool {
    switch node.operation {
    case let unary as Unary:
      return [.logarithm, .squareRoot, .reciprocal].contains(unary.function)
    case let binary as Binary:
      let other = graph[node.inputs[1]].operation as? Constant
      switch binary.function {
      case .divide: return other?.tensor.elements.contains(0) ?? true
      case .power:
        return !(other?.tensor.elements.allSatisfy { $0 >= 0 && $0 == $0.rounded() } ?? false)
      default: return false
      }
    default: return false
    }
  }
}

extension FusionPlan {
  /// What the kernel of a node reads and might hide: the library's rectifiers, clips and max poolings
  /// make a number of what is none.
  ///
  /// - Parameters:
  ///   - value: The node whose kernel it is.
  ///   - graph: The graph of the plan.
  /// - Returns: The values; nil where nothing is hidden.
  func hiddenInputs(of value: ValueID, in graph: Graph) -> [ValueID]? {
    if let chain = chains[value.index] {
      var (added, hides): ([ValueID], Bool) = ([], false)
      for step in chain.steps {
        switch step {
        case .add(let other): added.append(other)
        case .unary, .swish: hides = true
        case .offset: break
        }
      }
      return hides ? graph[chain.head].inputs + added : nil
    }
    return graph[value].operation is MaxPooling ? graph[value].inputs : nil
  }
}
