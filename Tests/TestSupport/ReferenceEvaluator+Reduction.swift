import Foundation
package import Operations
package import TensorCore

extension ReferenceTensor {
  /// For every index of `shape`, which has extent 1 along reduced axes, the values that meet there.
  fileprivate func collected(in shape: Shape) -> [[Int]: [Double]] {
    var groups: [[Int]: [Double]] = [:]
    forEachIndex(self.shape.extents) { index in
      let target = index.indices.map { shape[$0] == 1 ? 0 : index[$0] }
      groups[target, default: []].append(self[index])
    }
    return groups
  }

  /// The values along one axis through `index`.
  fileprivate func line(along axis: Int, through index: [Int]) -> [Double] {
    (0..<shape[axis]).map { place in
      var other = index
      other[axis] = place
      return self[other]
    }
  }
}

extension Reduction: ReferenceEvaluable {
  /// All values that differ in reduced axes only, combined; nothing sums to 0 and multiplies to 1.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    let groups = inputs[0].collected(in: shape)
    return ReferenceTensor(shape: shape) { index in
      let values = groups[index] ?? []
      return switch function {
      case .sum: values.reduce(0, +)
      case .product: values.reduce(1, *)
      case .maximum: values.reduce(-.infinity) { BinaryFunction.maximum.reference($0, $1) }
      case .minimum: values.reduce(.infinity) { BinaryFunction.minimum.reference($0, $1) }
      }
    }
  }
}

extension Softmax: ReferenceEvaluable {
  /// `exp(x − max) / Σ exp(x − max)` along the axis.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(shape: shape) { index in
      let line = inputs[0].line(along: axis, through: index)
      let largest = line.max() ?? 0
      return exp(inputs[0][index] - largest) / line.reduce(0) { $0 + exp($1 - largest) }
    }
  }
}

extension LogSoftmax: ReferenceEvaluable {
  /// `x − max − log Σ exp(x − max)` along the axis.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(shape: shape) { index in
      let line = inputs[0].line(along: axis, through: index)
      let largest = line.max() ?? 0
      return inputs[0][index] - largest - log(line.reduce(0) { $0 + exp($1 - largest) })
    }
  }
}
