/// Stands for a result that a graph under construction was asked for.
///
/// Whoever asks for a result gets its handle, and reads it with the handle when the graph was run, so
/// that no result can be asked for that is not there.
public struct OutputHandle: Hashable, Sendable {
  /// The place among the outputs of the graph, and of every graph that it is rewritten to.
  package let index: Int

  /// Creates the handle of the output in a place.
  package init(index: Int) {
    self.index = index
  }
}
