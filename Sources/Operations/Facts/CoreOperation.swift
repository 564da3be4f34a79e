package import GraphIR

/// An operation of the core, which answers every question that is asked of operations.
///
/// No answer has a default: an operation that forgets one does not compile.
package protocol CoreOperation:
  SignDescribing, LinearityDescribing, CostDescribing, AxisDescribing
{}

extension Node {
  /// The operation of the node as one that answers questions; nil for a stranger.
  package var core: (any CoreOperation)? { operation as? any CoreOperation }
}
