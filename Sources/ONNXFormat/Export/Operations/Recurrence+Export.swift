import GraphIR
import Operations
import TensorCore

extension Recurrence: ExportableOperation {
  /// A `Scan` whose body is the step; its scanned output is the state.
  func export(_ site: ExportSite) throws(ONNXError) -> ExportedValue {
    let body = try site.draft.body { (word) throws(ONNXError) in
      try step.body(word)
    }
    let direction = isReversed ? 1 : 0
    let results = site.draft.emit(
      "Scan", site.inputs, shapes: [step.state, site.node.shape],
      [
        .graph("body", body), .integer("num_scan_inputs", step.elements.count),
        .integers("scan_input_directions", step.elements.map { _ in direction }),
        .integers("scan_output_directions", [direction]),
      ])
    return results[1]
  }
}

extension RecurrentStep {
  /// The step with the next state twice, to hand on and to keep.
  fileprivate func body(_ word: String) throws(ONNXError) -> Graph {
    let builder = GraphBuilder()
    let before = builder.input(word + "state", shape: state)
    let inputs = elements.enumerated().map { builder.input(word + "element\($0)", shape: $1) }
    do throws(GraphError) {
      let next = try inserted(state: before, elements: inputs)
      builder.output(word + "next", next)
      builder.output(word + "kept", next)
      return try builder.finish()
    } catch {
      throw ONNXError(.unwritable, error.description)
    }
  }
}
