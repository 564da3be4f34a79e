import GraphIR
package import Operations
package import TensorCore

extension Recurrence: ReferenceEvaluable {
  /// One step after the other, each by the definition of its graph.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    var states = ReferenceTensor(shape: shape)
    var state = inputs[0].elements
    for place in order(shape[0]) {
      var values = ["state": ReferenceTensor(shape: step.state, elements: state)]
      for (index, element) in step.elements.enumerated() {
        let part = inputs[index + 1].elements[
          element.elementCount * place..<element.elementCount * (place + 1)]
        values["element \(index)"] = ReferenceTensor(shape: element, elements: Array(part))
      }
      // A step without a value gives a result of the wrong shape, which is an error outside.
      guard let next = try? preciseReferenceOutputs(of: step.graph, inputs: values)["next"] else {
        return ReferenceTensor(shape: [0])
      }
      state = next.elements
      states.elements.replaceSubrange(state.count * place..<state.count * (place + 1), with: state)
    }
    return states
  }
}
