import Foundation
import GraphIR
import Operations
import TensorCore

/// A resampling in which every result is a weighted sum of the grid points around its place.
struct ResizeFilter {
  /// How the weight of a grid point falls with its distance.
  enum Curve {
    /// In a straight line to 0 at distance 1.
    case linear
    /// The cubic convolution of Keys (1981) with coefficient `a`; 0 from distance 2 on.
    case cubic(Double)
  }

  /// How weights fall.
  let curve: Curve

  /// Whether the curve is stretched where results are fewer than grid points.
  let isStretched: Bool

  /// Whether grid points beyond the ends are left out; else the ends stand for them.
  let excludesOutside: Bool

  /// The weights `[output, input]` of one axis; `scale` is output points per input point.
  func matrix(_ mapping: AxisMapping, scale: Double, input: Int, output: Int) -> Tensor {
    let shrinking = isStretched ? min(scale, 1) : 1
    let reach = curve.reach / shrinking
    var matrix = Tensor(shape: [output, input], repeating: 0)
    for place in 0..<output {
      let center = mapping.scale * Double(place) + mapping.offset
      var weights: [(point: Int, weight: Double)] = []
      for point in Int((center - reach).rounded(.up))...Int((center + reach).rounded(.down))
      where !excludesOutside || (0..<input).contains(point) {
        let weight = curve.weight(abs(Double(point) - center) * shrinking)
        weights.append((min(max(point, 0), input - 1), weight))
      }
      let sum = weights.reduce(0) { $0 + $1.weight }
      for (point, weight) in weights { matrix[place, point] += Float(weight / sum) }
    }
    return matrix
  }
}

extension ResizeFilter.Curve {
  /// From which distance on weights are 0.
  fileprivate var reach: Double {
    switch self {
    case .linear: 1
    case .cubic: 2
    }
  }

  /// The weight at a distance.
  fileprivate func weight(_ x: Double) -> Double {
    switch self {
    case .linear: return max(0, 1 - x)
    case .cubic(let a):
      if x <= 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
      return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0
    }
  }
}

extension Value {
  /// The product of a matrix `[output, input]` with every line along an axis.
  func transformed(_ axis: Int, by matrix: Tensor) -> Value {
    let others = shape.extents.indices.filter { $0 != axis }
    let order = others + [axis]
    let line = transposed(order)
      .reshaped(to: [shape.elementCount / max(shape[axis], 1), shape[axis]])
    let sums = line.product(builder.constant(matrix), transposesRight: true)
      .reshaped(to: Shape(others.map { shape[$0] } + [matrix.shape[0]]))
    let back = shape.extents.indices.map { place in order.firstIndex(of: place) ?? place }
    return sums.transposed(back)
  }
}
