import GraphIR
import Operations
import TensorCore

/// One operation on the way from a layer to the scores.
struct PooledLinearStep {
  private let site: OperationSite
  private let linearity: Linearity
  private let origins: [[AxisOrigin]]
  /// For every input, the axes along which the layer's positions lie; nil where it has no part.
  private let positions: [Set<Int>?]
  private let isComputed: [Bool]

  /// Prepares a step.
  ///
  /// - Parameters:
  ///   - graph: The network.
  ///   - id: What the operation computes.
  ///   - positions: Where the layer has a part, the axes along which its positions lie.
  init(_ graph: Graph, _ id: ValueID, positions: [ValueID: Set<Int>]) {
    let node = graph[id]
    site = OperationSite(node, in: graph)
    linearity = node.core?.linearity(inputCount: node.inputs.count) ?? .none
    origins = graph.axes(of: id)
    self.positions = node.inputs.map { positions[$0] }
    self.isComputed = node.inputs.map { !graph[$0].isConstant }
  }

  /// Whether the layer has a part in it.
  var isInfluenced: Bool { positions.contains { $0 != nil } }

  /// The axes of the result along which the layer's positions lie; nil when the operation is not
  /// linear or weighs positions unequally.
  var positionsLeft: Set<Int>? {
    let influenced = Set(positions.indices.filter { positions[$0] != nil })
    guard linearity.isLinear(in: influenced), hasKnownFactors(influenced) else { return nil }
    var left: Set<Int> = []
    for axis in 0..<site.result.rank {
      for input in influenced {
        guard let isPosition = isPosition(axis, of: input) else { return nil }
        if isPosition { left.insert(axis) }
      }
    }
    return left.contains(where: { isWeighed($0, besides: influenced) }) ? nil : left
  }

  /// Whether all that is multiplied with the layer's part is known beforehand.
  private func hasKnownFactors(_ influenced: Set<Int>) -> Bool {
    let added = Set(linearity.terms.filter { influenced.isDisjoint(with: $0) }.joined())
    return isComputed.indices.allSatisfy {
      !isComputed[$0] || influenced.contains($0) || added.contains($0)
    }
  }

  /// Whether the layer's positions lie along an axis of the result as one input has them; nil when
  /// some count more than others, or stand among something else.
  private func isPosition(_ axis: Int, of input: Int) -> Bool? {
    let positions = positions[input] ?? []
    switch origins[input][axis] {
    case .repeated: return false
    case .window(of: let source, let window):
      guard positions.contains(source) else { return false }
      let (extent, left) = (site.inputs[input][source], site.result[axis])
      if window == .identity && extent == left { return true }
      return window.isEven && window.covers(extent) && left == 1 ? false : nil
    case .selection(of: let source, let indices):
      guard positions.contains(source) else { return false }
      return indices.sorted() == Array(0..<site.inputs[input][source]) ? true : nil
    case .regrouped(let sources):
      guard !positions.isDisjoint(with: sources) else { return false }
      return positions.isSuperset(of: sources) ? true : nil
    case .summed: return false
    case .coupled(let source): return positions.contains(source) ? nil : false
    case .mixed(let sources): return positions.isDisjoint(with: sources) ? false : nil
    }
  }

  /// Whether an input that the layer has no part in differs along an axis of the result.
  private func isWeighed(_ axis: Int, besides influenced: Set<Int>) -> Bool {
    let factors = origins.indices.filter { input in
      !influenced.contains(input)
        && !linearity.terms.contains { $0.contains(input) && influenced.isDisjoint(with: $0) }
    }
    return factors.contains { input in
      switch origins[input][axis] {
      case .repeated, .summed, .mixed: false
      case .window, .selection, .regrouped, .coupled: true
      }
    }
  }
}
