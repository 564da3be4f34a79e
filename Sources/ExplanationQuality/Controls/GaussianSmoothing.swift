import Foundation

/// Filters along the axes of positions in row-major order.
enum GaussianSmoothing {
  /// Values under a Gaussian along each axis; beyond the ends there is nothing, so that edges keep their height.
  ///
  /// - Parameters:
  ///   - values: One for each position.
  ///   - positions: The extents of the positions.
  ///   - deviation: The standard deviation, in positions.
  /// - Returns: As many values.
  static func smoothed(_ values: [Float], _ positions: [Int], deviation: Double) -> [Float] {
    guard deviation > 0 else { return values }
    var result = values
    for axis in positions.indices {
      let reach = min(Int((3 * deviation).rounded(.up)), positions[axis] - 1)
      let kernel = (-reach...reach).map { step in
        Float(exp(-0.5 * (Double(step) / deviation) * (Double(step) / deviation)))
      }
      let sums = filtered(result, positions, axis: axis, kernel, repeatsEnds: false)
      let ones = [Float](repeating: 1, count: positions[axis])
      let weights = filtered(ones, [positions[axis]], axis: 0, kernel, repeatsEnds: false)
      let stride = PositionGrid(positions).strides[axis]
      result = sums.indices.map { sums[$0] / weights[$0 / stride % positions[axis]] }
    }
    return result
  }

  /// Sums of neighbors along an axis.
  ///
  /// - Parameters:
  ///   - values: One for each position.
  ///   - positions: The extents of the positions.
  ///   - axis: Along which neighbors lie.
  ///   - kernel: The weights of an odd number of neighbors, the position itself in the middle.
  ///   - repeatsEnds: Whether values at the ends go on beyond them; else there is zero.
  /// - Returns: As many values.
  static func filtered(
    _ values: [Float], _ positions: [Int], axis: Int, _ kernel: [Float], repeatsEnds: Bool = true
  ) -> [Float] {
    let (extent, stride) = (positions[axis], PositionGrid(positions).strides[axis])
    let reach = kernel.count / 2
    return values.indices.map { index in
      let place = index / stride % extent
      var sum: Float = 0
      for (item, weight) in kernel.enumerated() {
        let target = place + item - reach
        guard repeatsEnds || target >= 0 && target < extent else { continue }
        let inside = min(max(target, 0), extent - 1)
        sum += weight * values[index + (inside - place) * stride]
      }
      return sum
    }
  }
}
