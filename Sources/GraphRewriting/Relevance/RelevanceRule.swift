public import GraphIR

/// A way to bring relevance from the output of a linear map to its input.
///
/// Rules see the map, its input and the relevance; never an operation or a number of axes. Every
/// rule is linear in the relevance. Most name their terms and leave the rest to
/// `LinearSite.proportional`. Passes by equal rules are made once.
public protocol RelevanceRule: Hashable, Sendable {
  /// The relevance of the input, of its shape.
  func inputRelevance(at site: LinearSite) -> Value
}
