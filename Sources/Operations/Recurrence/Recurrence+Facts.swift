import GraphIR
import TensorCore

extension Recurrence: CoreOperation {
  /// Nothing is known.
  package func sign(at site: SignSite) -> Sign { .any }

  /// Not linear.
  package func linearity(inputCount: Int) -> Linearity { .none }

  /// None: the weights stand in the step.
  package var parameterInputs: [Int] { [] }

  /// What one step takes, times the number of steps.
  package func operationCount(at site: OperationSite) -> Int {
    step.graph.nodes.reduce(0) { count, node in
      guard !node.isConstant, !(node.operation is Input), let core = node.core else { return count }
      return count + core.operationCount(at: OperationSite(node, in: step.graph))
    } * site.result[0]
  }

  /// Steps see other steps, samples stay apart.
  package func axes(at site: OperationSite) -> [[AxisOrigin]] {
    let state: [AxisOrigin] = [.repeated, .same(0), .mixed([1])]
    return [state]
      + site.inputs.dropFirst().map { [.coupled(0), .same(1), .mixed(Array(2..<$0.rank))] }
  }
}
