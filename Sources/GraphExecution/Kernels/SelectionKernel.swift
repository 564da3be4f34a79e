import Operations
import TensorCore

/// Takes, for every placement of a max pooling, the value at the position that won.
///
/// Only second derivatives need it, so it is written for clarity.
struct SelectionKernel {
  let pooling: PoolingWindow
  let input: Shape
  let output: Shape

  /// Writes the selected values; the first of equals wins.
  func run(_ pooled: Memory, _ values: Memory, _ result: Memory) {
    let taps = Shape(pooling.kernel)
    let placements = Shape(output.positions)
    let inputCount = input.positions.reduce(1, *)
    for plane in 0..<input[0] * input[1] {
      for placement in 0..<placements.elementCount {
        let corner = Self.indices(placement, placements)
        var best: (value: Float, position: Int)?
        for tap in 0..<taps.elementCount {
          guard let position = position(corner, Self.indices(tap, taps)) else { continue }
          let value = unsafe pooled.floats[plane * inputCount + position]
          if best.map({ value > $0.value }) ?? true { best = (value, position) }
        }
        let selected = best.map { unsafe values.floats[plane * inputCount + $0.position] } ?? 0
        unsafe result.floats[plane * placements.elementCount + placement] = selected
      }
    }
  }

  /// The flat input position under a tap, or nil in the padding.
  private func position(_ corner: [Int], _ tap: [Int]) -> Int? {
    let window = pooling.window
    var flat = 0
    for axis in corner.indices {
      let index =
        corner[axis] * window.strides[axis] + tap[axis] * window.dilations[axis]
        - window.paddingBefore[axis]
      guard (0..<input[axis + 2]).contains(index) else { return nil }
      flat = flat * input[axis + 2] + index
    }
    return flat
  }

  private static func indices(_ flat: Int, _ shape: Shape) -> [Int] {
    zip(shape.strides, shape.extents).map { flat / $0 % $1 }
  }
}
