package import GraphIR

/// An operation whose result at a step has seen the other steps of a sequence one after the other, so
/// that its steps are no longer places of their own.
package protocol SequentialOperation: GraphIR.Operation {
  /// What is done at every step, with what it has learned as constants.
  var repeated: Graph { get }
}

extension Recurrence: SequentialOperation {
  /// The graph of the step.
  package var repeated: Graph { step.graph }
}
