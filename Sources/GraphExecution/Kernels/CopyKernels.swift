import TensorCore

/// Copies a block of numbers between buffers in which it lies with different strides.
struct StridedCopy {
  let extents: [Int]
  let sourceStart: Int
  let sourceStrides: [Int]
  let targetStart: Int
  let targetStrides: [Int]

  /// Copies; what lies between the elements of the target stays as it is.
  func run(_ source: Memory, _ target: Memory) {
    let (from, to) = unsafe (
      source.start.assumingMemoryBound(to: Float.self) + sourceStart,
      target.start.assumingMemoryBound(to: Float.self) + targetStart
    )
    guard !extents.isEmpty else {
      unsafe to[0] = from[0]
      return
    }
    let axes = mergedAxes
    let outer = axes.dropLast().reduce(1) { $0 * $1.extent }
    let run = axes[axes.count - 1]
    ParallelLoop.forEachChunk(outer, minimumChunk: max(1, 16_384 / max(run.extent, 1))) { range in
      for index in range {
        var (rest, source, target) = (index, 0, 0)
        for axis in axes.dropLast().reversed() {
          source += rest % axis.extent * axis.source
          target += rest % axis.extent * axis.target
          rest /= axis.extent
        }
        if run.source == 1 && run.target == 1 {
          unsafe (to + target).update(from: from + source, count: run.extent)
        } else {
          for element in 0..<run.extent {
            unsafe to[target + element * run.target] = from[source + element * run.source]
          }
        }
      }
    }
  }

  private struct Axis {
    var extent: Int
    var source: Int
    var target: Int
  }

  /// The axes with neighbors that both sides cross in one go made one.
  private var mergedAxes: [Axis] {
    var axes: [Axis] = []
    for index in extents.indices {
      let axis = Axis(
        extent: extents[index], source: sourceStrides[index], target: targetStrides[index])
      if let last = axes.last, last.source == axis.source * axis.extent,
        last.target == axis.target * axis.extent
      {
        axes[axes.count - 1] = Axis(
          extent: last.extent * axis.extent, source: axis.source, target: axis.target)
      } else {
        axes.append(axis)
      }
    }
    return axes
  }
}

/// Moves the elements of one axis between a long axis and a list of indices into it.
struct IndexedAxis {
  private let indices: [Int]
  private let outer: Int
  private let inner: Int
  private let extent: Int

  /// Plans the movement; `long` is the shape that the indices point into.
  init(indices: [Int], axis: Int, long: Shape) {
    self.indices = indices
    outer = long.extents[..<axis].reduce(1, *)
    inner = long.extents[(axis + 1)...].reduce(1, *)
    extent = long[axis]
  }

  /// Takes the elements at the indices.
  func gather(_ source: Memory, _ target: Memory) {
    let (from, to) = unsafe (source.floats, target.floats)
    for block in 0..<outer {
      for (slot, index) in indices.enumerated() {
        let (start, end) = (
          (block * extent + index) * inner, (block * indices.count + slot) * inner
        )
        for element in 0..<inner { unsafe to[end + element] = from[start + element] }
      }
    }
  }

  /// Adds elements at the indices of zeros.
  func scatter(_ source: Memory, _ target: Memory) {
    let (from, to) = unsafe (source.floats, target.floats)
    unsafe to.update(repeating: 0)
    for block in 0..<outer {
      for (slot, index) in indices.enumerated() {
        let (start, end) = (
          (block * indices.count + slot) * inner, (block * extent + index) * inner
        )
        for element in 0..<inner { unsafe to[end + element] += from[start + element] }
      }
    }
  }
}
