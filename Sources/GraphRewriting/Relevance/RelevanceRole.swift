import GraphIR
import Operations
import TensorCore

/// What an operation is to relevance.
enum RelevanceRole {
  /// A linear map of one input: the composite chooses a rule.
  case linear(LinearMap, input: Int)
  /// A function of one input, element by element: relevance stays where it is.
  case passThrough(input: Int)
  /// The signed sum of several computed values.
  case split([(input: Int, sign: Float)])
  /// The largest or smallest of several values: the winner takes all, unless the composite divides
  /// relevance by a map that sums the same values up to a factor.
  case winner(sums: LinearMap? = nil)
  /// The product of computed values: those named take all, in equal parts.
  case gate(values: [Int])
  /// The sum of products of two computed values, as two maps that are linear in one of them each.
  case product(left: LinearMap, right: LinearMap)
  /// A softmax along an axis.
  case softmax(axis: Int)
  /// A value minus its mean over some axes: the other input, times a sign.
  case centering(sign: Float, value: Int)
  /// The same numbers in other places.
  case move
  /// A step repeated along sequences, which divides relevance as its operations do.
  case recurrence(Recurrence)
  /// Decisions that carry no relevance, such as comparisons.
  case blocked
}

/// What an operation may look at to tell its role.
struct RelevanceSite {
  /// The inputs.
  let inputs: [Value]

  /// The result.
  let output: Value

  /// Which inputs depend on an input of the graph; the others are known beforehand.
  var isComputed: [Bool] { inputs.map { !$0.node.isConstant } }

  /// The inputs that depend on an input of the graph.
  var computed: [Int] { inputs.indices.filter { !inputs[$0].node.isConstant } }
}

/// An operation that relevance can be propagated through.
protocol RelevantOperation: Operation {
  /// The role, or nil where relevance is not defined.
  func role(at site: RelevanceSite) -> RelevanceRole?
}
