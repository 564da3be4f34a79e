package import Operations
package import TensorCore

extension PoolingWindow {
  /// The indices of the input under one placement, padding left out, in the order of the taps.
  fileprivate func indices(under placement: [Int], of shape: Shape) -> [[Int]] {
    var indices: [[Int]] = []
    forEachIndex(kernel) { tap in
      let position = window.position(placement: placement.dropFirst(2), tap: tap)
      if isInside(position, shape.positions) { indices.append(placement.prefix(2) + position) }
    }
    return indices
  }

  /// The index of the first of the largest values under a placement; nil under padding only.
  fileprivate func winner(under placement: [Int], of input: ReferenceTensor) -> [Int]? {
    var winner: [Int]?
    for index in indices(under: placement, of: input.shape) {
      if winner.map({ input[index] > input[$0] }) ?? true { winner = index }
    }
    return winner
  }

  fileprivate var tapCount: Double { Double(kernel.reduce(1, *)) }
}

extension MaxPooling: ReferenceEvaluable {
  /// The value of the winner; −∞ under padding only.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(shape: shape) { placement in
      pooling.winner(under: placement, of: inputs[0]).map { inputs[0][$0] } ?? -.infinity
    }
  }
}

extension MaxPoolingGradient: ReferenceEvaluable {
  /// Every value added at the winner of its placement.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    var result = ReferenceTensor(shape: shape)
    forEachIndex(inputs[1].shape.extents) { placement in
      if let winner = pooling.winner(under: placement, of: inputs[0]) {
        result[winner] += inputs[1][placement]
      }
    }
    return result
  }
}

extension MaxPoolingSelection: ReferenceEvaluable {
  /// The second input at the winner of the first; 0 under padding only.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(shape: shape) { placement in
      pooling.winner(under: placement, of: inputs[0]).map { inputs[1][$0] } ?? 0
    }
  }
}

extension AveragePooling: ReferenceEvaluable {
  /// The sum under the window over the number of all taps.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(shape: shape) { placement in
      pooling.indices(under: placement, of: inputs[0].shape).reduce(0) { $0 + inputs[0][$1] }
        / pooling.tapCount
    }
  }
}

extension AveragePoolingGradient: ReferenceEvaluable {
  /// Every value over the number of all taps, added wherever the window reached.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    var result = ReferenceTensor(shape: shape)
    forEachIndex(inputs[0].shape.extents) { placement in
      for index in pooling.indices(under: placement, of: shape) {
        result[index] += inputs[0][placement] / pooling.tapCount
      }
    }
    return result
  }
}
