import GraphIR
import Operations
import TensorCore

extension Graph {
  /// Moves factors and offsets per channel into the linear operation before or after them.
  ///
  /// `conv(x) · s + t` becomes one convolution with weights `W · s` and bias `b · s + t`;
  /// `conv(x · s + t)` likewise, where padding does not get in the way of `t`.
  ///
  /// - Returns: The graph, and how many maps were folded in this walk.
  func foldingAffineMaps(
    keeping names: Set<String>
  ) throws(GraphError) -> (graph: Graph, count: Int) {
    var rebuild = Rebuild(self, protecting: names)
    let users = users
    let kept = rebuild.protected.union(outputs.map(\.value))
    var count = 0
    let graph = try rebuild.run { (site) throws(GraphError) -> Value? in
      let isFree = { (input: ValueID) in users[input.index].count == 1 && !kept.contains(input) }
      let folded =
        AffineAfterLinear(site: site, isFree: isFree).folded
        ?? AffineBeforeLinear(site: site, isFree: isFree).folded
      if folded != nil { count += 1 }
      return folded
    }
    return (graph, count)
  }
}

/// What both directions of folding need to know of a site.
protocol AffineFold {
  var site: Rebuild.Site { get }
  /// Whether a value of the source graph has one user and need not survive.
  var isFree: (ValueID) -> Bool { get }
}

extension Value {
  /// Whether the value depends on no input of the graph.
  var isConstant: Bool { node.isConstant }

  /// One number per channel as `[channels]`, when the value is constant, varies along the channel
  /// axis of `shape` only, and broadcasts to `shape`.
  func perChannel(of shape: Shape) -> Value? {
    guard isConstant, shape.rank >= 2, self.shape.rank <= shape.rank else { return nil }
    let padded = [Int](repeating: 1, count: shape.rank - self.shape.rank) + self.shape.extents
    let others = padded.enumerated().filter { $0.offset != 1 }
    guard others.allSatisfy({ $0.element == 1 }), padded[1] == 1 || padded[1] == shape[1] else {
      return nil
    }
    return reshaped(to: [padded[1]]).broadcast(to: [shape[1]])
  }
}
