import Operations
import TensorCore

/// Resamples one spatial axis after another.
struct ResizeKernel {
  private let taps: [[AxisTap]]
  private let input: Shape

  /// Plans a resampling of values of shape `input`.
  init(_ resize: Resize, input: Shape) {
    taps = input.positions.indices.map { resize.taps($0, input: input.positions[$0]) }
    self.input = input
  }

  /// Computes the resampled values.
  func resize(_ source: Memory, _ target: Memory) {
    var values = unsafe Array(source.floats)
    var extents = input.extents
    for (axis, taps) in taps.enumerated() {
      values = Self.resize(values, &extents, axis: axis + 2, taps)
    }
    target.write(values)
  }

  /// Computes what each grid point gets back.
  func spread(_ source: Memory, _ target: Memory) {
    var values = unsafe Array(source.floats)
    var extents = Array(input.extents.prefix(2)) + taps.map(\.count)
    for (axis, taps) in taps.enumerated().reversed() {
      values = Self.spread(values, &extents, axis: axis + 2, taps, to: input[axis + 2])
    }
    target.write(values)
  }

  private static func resize(
    _ values: [Float], _ extents: inout [Int], axis: Int, _ taps: [AxisTap]
  ) -> [Float] {
    let (outer, extent, inner) = split(extents, axis)
    var result = [Float](repeating: 0, count: outer * taps.count * inner)
    for block in 0..<outer {
      for (slot, tap) in taps.enumerated() {
        let lower = (block * extent + tap.lower) * inner
        let upper = (block * extent + tap.upper) * inner
        let end = (block * taps.count + slot) * inner
        for element in 0..<inner {
          let first = values[lower + element]
          result[end + element] = first + tap.upperShare * (values[upper + element] - first)
        }
      }
    }
    extents[axis] = taps.count
    return result
  }

  private static func spread(
    _ values: [Float], _ extents: inout [Int], axis: Int, _ taps: [AxisTap], to extent: Int
  ) -> [Float] {
    let (outer, _, inner) = split(extents, axis)
    var result = [Float](repeating: 0, count: outer * extent * inner)
    for block in 0..<outer {
      for (slot, tap) in taps.enumerated() {
        let lower = (block * extent + tap.lower) * inner
        let upper = (block * extent + tap.upper) * inner
        let start = (block * taps.count + slot) * inner
        for element in 0..<inner {
          let value = values[start + element]
          result[lower + element] += (1 - tap.upperShare) * value
          result[upper + element] += tap.upperShare * value
        }
      }
    }
    extents[axis] = extent
    return result
  }

  private static func split(_ extents: [Int], _ axis: Int) -> (Int, Int, Int) {
    (extents[..<axis].reduce(1, *), extents[axis], extents[(axis + 1)...].reduce(1, *))
  }
}
