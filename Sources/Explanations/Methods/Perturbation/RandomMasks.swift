import Operations
import TensorCore

/// Random masks: cells that are shown or not, interpolated and shifted.
struct RandomMasks {
  private let positions: [Int]
  private let share: Float
  /// How many cells each axis has, and how many positions a cell.
  private let axes: [(count: Int, length: Int)]
  private var generator: SplitMix64

  init(_ site: MaskSite, cells: Int, share: Float) {
    positions = site.positions
    self.share = share
    axes = site.positions.map { extent in
      let count = min(cells, extent)
      return (count, (extent + count - 1) / count)
    }
    generator = SplitMix64(seed: site.seed)
  }

  /// A mask, the share of every position that is kept, 0…1.
  ///
  /// Of `n` cells along an axis of `n · c` positions, interpolated to `(n + 1) · c`, a part is cut that
  /// starts at a random position of the first `c`.
  mutating func next() -> [Float] {
    let grid = Shape(axes.map(\.count))
    let shown: [Float] = (0..<grid.elementCount).map { _ in generator.uniform() < share ? 1 : 0 }
    let mappings = axes.map { axis in
      // An axis with one position draws nothing: a spectrum is a picture of height 1.
      let shift = axis.length > 1 ? generator.next(below: axis.length) : 0
      let stride = Double((axis.count + 1) * axis.length) / Double(axis.count)
      return AxisMapping.receptiveField(origin: stride / 2 - 0.5 - Double(shift), stride: stride)
    }
    return interpolated(shown, mappings)
  }

  /// Cells at the positions of the input, from the last axis on: what is left are sums of whole rows.
  private func interpolated(_ cells: [Float], _ mappings: [AxisMapping]) -> [Float] {
    var (values, extents) = (cells, axes.map(\.count))
    for axis in positions.indices.reversed() {
      let taps = AxisTap.taps(
        mappings[axis], .linear, input: extents[axis], output: positions[axis])
      let outer = extents[..<axis].reduce(1, *)
      let inner = extents[(axis + 1)...].reduce(1, *)
      let (known, extent) = (values, extents[axis])
      values = [Float](capacity: outer * taps.count * inner) { result in
        for block in 0..<outer {
          for tap in taps {
            let lower = (block * extent + tap.lower) * inner
            let upper = (block * extent + tap.upper) * inner
            for place in 0..<inner {
              let value = known[lower + place]
              result.append(value + (known[upper + place] - value) * tap.upperShare)
            }
          }
        }
      }
      extents[axis] = positions[axis]
    }
    return values
  }
}
