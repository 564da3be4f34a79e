package import GraphIR

/// An operation whose result at a step has seen the other steps of a sequence one after the other, so
/// that its steps are no longer places of their own.
package protocol SequentialOperation: GraphIR.Operation {
  /// What is done at every step, with what it has learned as constants.
  var repeated: Graph { get }

  /// The same with something else done at every step.
  ///
  /// - Parameter graph: Takes and gives what `repeated` does.
  /// - Returns: The operation.
  /// - Throws: `GraphError` when the graph does not fit.
  func repeating(_ graph: Graph) throws(GraphError) -> any GraphIR.Operation
}

extension Recurrence: SequentialOperation {
  /// The graph of the step.
  package var repeated: Graph { step.graph }

  package func repeating(_ graph: Graph) throws(GraphError) -> any GraphIR.Operation {
    let changed = try RecurrentStep(step.title, state: step.state, elements: step.elements) {
      (state, elements) throws(GraphError) in
      let given = zip(graph.inputs.map(\.name), [state] + elements)
      let values = try state.builder.insert(
        graph, inputs: Dictionary(given) { first, _ in first })
      return graph.outputs.first.map { values[$0.value.index] } ?? state
    }
    return Recurrence(changed, isReversed: isReversed)
  }
}
