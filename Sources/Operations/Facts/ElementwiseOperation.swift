package import GraphIR

/// An operation that makes each number of its result of one number of each input, the one that
/// broadcasting puts at the same place.
package protocol ElementwiseOperation: GraphIR.Operation {}
