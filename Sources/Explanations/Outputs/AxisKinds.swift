import GraphIR
import Operations
import TensorCore

/// What the axes of every value of a network count.
struct AxisKinds {
  /// What an axis counts.
  enum Kind {
    /// The samples.
    case samples
    /// Positions of the input, or something along them.
    case positions
    /// Channels, or anything else.
    case others
  }

  private var kinds: [[Kind]] = []

  /// Follows the axes of `[samples, channels, positions…]` inputs through a graph.
  init(_ graph: Graph) {
    for (index, node) in graph.nodes.enumerated() {
      if node.operation is Input {
        kinds.append(
          node.shape.extents.indices.map { $0 == 0 ? .samples : $0 == 1 ? .others : .positions })
        continue
      }
      let origins = graph.axes(of: ValueID(index))
      kinds.append(
        node.shape.extents.indices.map { axis in
          let found = zip(node.inputs, origins).map { input, origin in
            graph[input].isConstant ? .others : Self.kind(of: origin[axis], in: kinds[input.index])
          }
          return found.contains(.samples)
            ? .samples : found.contains(.positions) ? .positions : .others
        })
    }
  }

  /// What the axes of a value count.
  subscript(_ value: ValueID) -> [Kind] { kinds[value.index] }

  private static func kind(of origin: AxisOrigin, in kinds: [Kind]) -> Kind {
    switch origin {
    case .window(of: let axis, _), .selection(of: let axis, _), .coupled(let axis): kinds[axis]
    case .regrouped(let axes): axes.contains { kinds[$0] == .positions } ? .positions : .others
    case .repeated, .summed, .mixed: .others
    }
  }
}
