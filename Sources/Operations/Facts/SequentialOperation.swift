package import GraphIR

/// An operation whose result at a step has seen the other steps of a sequence one after the other, so
/// that its steps are no longer places of their own.
package protocol SequentialOperation: GraphIR.Operation {}

extension Recurrence: SequentialOperation {}
