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
  private let isComputed: [Bool]
  private let leadsToScores: [Bool]

  /// Prepares the check.
  ///
  /// - Parameters:
  ///   - graph: The network, with or without more behind it.
  ///   - scores: The scores.
  init(_ graph: Graph, scores: ValueID) {
    self.graph = graph
    self.scores = scores
    isComputed = graph.nodes.map { !$0.isConstant }
    leadsToScores = graph.ancestors(of: [scores])
  }

  /// What stands in the way, in a phrase; nil when nothing does.
  func obstacle(from layer: ValueID) -> String? {
    let extents = graph[layer].shape.extents
    var positions = [layer: Set(extents.indices.filter { $0 >= 2 && extents[$0] > 1 })]
    guard layer < scores else { return "nothing" }
    for index in layer.index + 1...scores.index where leadsToScores[index] {
      let id = ValueID(index)
      let step = PooledLinearStep(graph, id, positions: positions, isComputed: isComputed)
      guard step.isInfluenced else { continue }
      guard let left = step.positionsLeft else { return description(of: id) }
      // An axis of extent 1 has been added up.
      positions[id] = left.filter { graph[id].shape[$0] > 1 }
    }
    guard let left = positions[scores] else { return "nothing that leads to the scores" }
    return left.isEmpty ? nil : "no pooling"
  }

  /// The name of the last value with positions that nothing stands behind but such a head.
  var lastSuitableLayer: String? {
    graph.names.last { name, value in
      let node = graph[value]
      return value < scores && leadsToScores[value.index] && isComputed[value.index]
        && !(node.operation is Input) && node.shape.rank >= 3
        && node.shape.positions.reduce(1, *) > 1 && obstacle(from: value) == nil
    }?.name
  }

  private func description(of id: ValueID) -> String {
    let node = graph[id]
    let settings =
      node.operation is Unary || node.operation is Binary ? node.operation.settings : ""
    let kind = settings.isEmpty ? type(of: node.operation).name : settings
    return kind + (node.name.map { " (\($0))" } ?? "")
  }
}

/// One operation on the way from a layer to the scores.
private struct PooledLinearStep {
  private let graph: Graph
  private let node: Node
  private let axes: [Set<Int>?]
  private let isComputed: [Bool]

  init(_ graph: Graph, _ id: ValueID, positions: [ValueID: Set<Int>], isComputed: [Bool]) {
    self.graph = graph
    node = graph[id]
    axes = node.inputs.map { positions[$0] }
    self.isComputed = node.inputs.map { isComputed[$0.index] }
  }

  /// Whether the layer has a part in it.
  var isInfluenced: Bool { axes.contains { $0 != nil } }

  /// The axes of the result along which the layer's positions lie; nil when the operation is not
  /// linear or weighs positions unequally.
  var positionsLeft: Set<Int>? {
    let influenced = axes.compactMap(\.self)
    guard let first = influenced.first else { return [] }
    let all = influenced.reduce(first) { $0.union($1) }
    if let binary = node.operation as? Binary { return positions(of: binary.function, all) }
    if let unary = node.operation as? Unary { return unary.function == .negate ? all : nil }
    if node.operation is Concatenate {
      return all.contains(where: isExtentChanged) ? nil : all
    }
    // Of several operands, the others must be known beforehand.
    guard influenced.count == 1, axes[0] != nil || node.operation is MatrixProduct,
      !zip(axes, isComputed).contains(where: { $0 == nil && $1 })
    else { return nil }
    switch node.operation {
    case let reduction as Reduction:
      return reduction.function == .sum ? all.subtracting(reduction.axes) : nil
    case let product as MatrixProduct: return positions(of: product, all)
    case let convolution as Convolution: return positions(of: convolution, all)
    case let transpose as Transpose:
      return Set(transpose.permutation.indices.filter { all.contains(transpose.permutation[$0]) })
    case is Reshape: return positionsOfReshape(all)
    case let pooling as AveragePooling:
      return pooling.pooling.window.isPadded || node.shape.positions.contains { $0 != 1 } ? nil : []
    case is Slice, is Gather, is Broadcast: return all.contains(where: isExtentChanged) ? nil : all
    case is Pad, is ScatterSum: return all.isEmpty ? all : nil
    default: return nil
    }
  }

  private func isExtentChanged(_ axis: Int) -> Bool {
    let shapes = node.inputs.map { graph[$0].shape }
    return !shapes.allSatisfy {
      $0.rank == node.shape.rank && $0.extents.indices.contains(axis)
        && $0[axis] == node.shape[axis]
    }
  }

  private func positions(of function: BinaryFunction, _ all: Set<Int>) -> Set<Int>? {
    let other = axes[0] == nil ? 0 : 1
    // The layer's axes are counted from the front only where ranks agree.
    guard node.inputs.allSatisfy({ graph[$0].shape.rank <= node.shape.rank }),
      zip(node.inputs, axes).allSatisfy({ $1 == nil || graph[$0].shape.rank == node.shape.rank })
    else { return nil }
    switch function {
    case .add, .subtract: return all
    case .multiply, .divide:
      guard axes[other] == nil, !isComputed[other], function == .multiply || other == 1 else {
        return nil
      }
      let factor = graph[node.inputs[other]].shape
      let shift = node.shape.rank - factor.rank
      return all.contains { $0 >= shift && factor[$0 - shift] > 1 } ? nil : all
    default: return nil
    }
  }

  private func positions(of product: MatrixProduct, _ all: Set<Int>) -> Set<Int>? {
    if all.isEmpty { return all }
    guard axes[0] != nil else { return nil }
    let rank = node.shape.rank
    let inner = product.transposesLeft ? rank - 2 : rank - 1
    let rows = product.transposesLeft ? rank - 1 : rank - 2
    // Stacked matrices differ from one to the next.
    guard !all.contains(inner), all.allSatisfy({ $0 == rows }) else { return nil }
    return [rank - 2]
  }

  private func positions(of convolution: Convolution, _ all: Set<Int>) -> Set<Int>? {
    if all.isEmpty { return all }
    let kernel = graph[node.inputs[1]].shape.extents.dropFirst(2)
    let isPointwise =
      kernel.allSatisfy { $0 == 1 } && !convolution.window.isPadded
      && convolution.window.strides.allSatisfy { $0 == 1 }
    return isPointwise ? all : nil
  }

  /// Positions stay together between what comes before and after them, or are gone.
  private func positionsOfReshape(_ all: Set<Int>) -> Set<Int>? {
    guard let first = all.min(), let last = all.max() else { return [] }
    let (old, new) = (graph[node.inputs[0]].shape.extents, node.shape.extents)
    let (head, tail) = (old[..<first], old[(last + 1)...])
    let others = old[first...last].indices.filter { !all.contains($0) && old[$0] > 1 }
    guard others.isEmpty, new.count >= head.count + tail.count,
      Array(new.prefix(head.count)) == Array(head),
      Array(new.suffix(tail.count)) == Array(tail)
    else { return nil }
    return Set(head.count..<new.count - tail.count)
  }
}
