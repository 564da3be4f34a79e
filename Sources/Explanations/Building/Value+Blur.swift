import Foundation
import GraphIR
import Operations
import TensorCore

extension Value {
  /// Under a Gaussian along every axis of positions; beyond the edges nothing counts.
  ///
  /// - Parameter deviation: The standard deviation in positions, 0 or more.
  /// - Returns: Weighted means of neighbors within three deviations, of the same shape
  ///   `[samples, 1, positions…]`.
  func blurred(_ deviation: Double) -> Value {
    guard deviation > 0 else { return self }
    return shape.positions.indices.reduce(self) { $0.blurred(deviation, along: $1) }
  }

  /// Under a Gaussian along one axis of positions, counted from 0.
  func blurred(_ deviation: Double, along axis: Int) -> Value {
    let extents = shape.positions
    let reach = min(Int((3 * deviation).rounded(.up)), extents[axis] - 1)
    guard reach > 0 else { return self }
    let taps = (-reach...reach).map { exp(-0.5 * pow(Double($0) / deviation, 2)) }
    // What of the Gaussian lies inside, at each position.
    let inside = (0..<extents[axis]).map { place in
      (max(0, reach - place)...min(2 * reach, extents[axis] - 1 - place + reach))
        .reduce(0) { $0 + taps[$1] }
    }
    let flat = extents.indices.map { _ in 1 }
    let (kernel, along) = (flat.replacing(axis, 2 * reach + 1), flat.replacing(axis, extents[axis]))
    let padding = flat.indices.map { $0 == axis ? reach : 0 }
    let window = SlidingWindow(
      rank: extents.count, paddingBefore: padding, paddingAfter: padding)
    let weights = Tensor(shape: Shape([1, 1] + kernel), elements: taps.map { Float($0) })
    let shares = Tensor(shape: Shape([1, 1] + along), elements: inside.map { Float(1 / $0) })
    return convolved(with: builder.constant(weights), Convolution(window: window))
      * builder.constant(shares)
  }
}

extension [Int] {
  fileprivate func replacing(_ index: Int, _ value: Int) -> [Int] {
    var result = self
    result[index] = value
    return result
  }
}
