import GraphIR
import Operations
import TensorCore

/// Tells whether scores are linear in the means over positions of a layer.
///
/// Every operation on the way must be linear with constants for its other operands, and positions
/// may only be added up with equal weights. Then the gradient of a score with respect to the layer
/// is the same at every position and for every input.
struct PooledLinearHead {
  private let graph: Graph
  private let scores: ValueID
  private let leadsToScores: [Bool]

  /// Prepares the check.
  ///
  /// - Parameters:
  ///   - graph: The network, with or without more behind it.
  ///   - scores: The scores.
  init(_ graph: Graph, scores: ValueID) {
    self.graph = graph
    self.scores = scores
    leadsToScores = graph.ancestors(of: [scores])
  }

  /// What stands in the way.
  ///
  /// - Parameters:
  ///   - layer: The value of the layer.
  ///   - axes: The axes along which its positions lie.
  /// - Returns: A phrase; nil when nothing stands in the way.
  func obstacle(from layer: ValueID, positions axes: Set<Int>) -> String? {
    var positions = [layer: axes]
    guard layer < scores else { return "nothing" }
    for index in layer.index + 1...scores.index where leadsToScores[index] {
      let id = ValueID(index)
      let step = PooledLinearStep(graph, id, positions: positions)
      guard step.isInfluenced else { continue }
      guard let left = step.positionsLeft else { return description(of: id) }
      // An axis of extent 1 has been added up.
      positions[id] = left.filter { graph[id].shape[$0] > 1 }
    }
    guard let left = positions[scores] else { return "nothing that leads to the scores" }
    return left.isEmpty ? nil : "no pooling"
  }

  /// The name of the last value with positions of an input that nothing stands behind but such a head.
  ///
  /// - Parameters:
  ///   - input: The input, whatever the layout of what is made of it.
  ///   - layout: What its axes are.
  /// - Returns: The name; nil when there is none.
  func lastSuitableLayer(of input: ValueID, _ layout: AxisLayout) -> String? {
    let layouts = graph.axisLayouts(of: input, layout)
    return graph.names.last { name, value in
      let node = graph[value]
      guard value < scores, leadsToScores[value.index], !node.isConstant,
        !(node.operation is Input), let positions = layouts[value.index]?.positionAxes
      else { return false }
      return positions.contains { node.shape[$0] > 1 }
        && obstacle(from: value, positions: positions) == nil
    }?.name
  }

  private func description(of id: ValueID) -> String {
    let node = graph[id]
    let settings = node.operation is any ElementwiseOperation ? node.operation.settings : ""
    let kind = settings.isEmpty ? type(of: node.operation).name : settings
    return kind + (node.name.map { " (\($0))" } ?? "")
  }
}
