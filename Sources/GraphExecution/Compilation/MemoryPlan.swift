/// Where in the arena each buffer lies, so that buffers in use at the same time do not overlap.
struct MemoryPlan {
  /// The offset in bytes of each buffer in the arena, by the buffer's index.
  private(set) var offsets: [Int: Int] = [:]

  /// The size of the arena in bytes.
  private(set) var byteCount = 0

  private struct Placement {
    let offset: Int
    let end: Int
    let lifetime: ClosedRange<Int>
  }

  /// Plans an arena.
  ///
  /// - Parameters:
  ///   - buffers: All buffers of the program.
  ///   - steps: Its steps in order.
  ///   - inputs: Buffers that are filled before the first step.
  ///   - outputs: Buffers that are read after the last step.
  init(buffers: [DraftBuffer], steps: [DraftStep], inputs: [BufferID], outputs: [BufferID]) {
    var lifetimes: [Int: ClosedRange<Int>] = [:]
    func use(_ buffer: BufferID, at step: Int) {
      guard buffer.index >= 0 else { return }
      switch buffers[buffer.index].storage {
      case .constant: return
      case .alias(let root): use(root, at: step)
      case .arena:
        let lifetime = lifetimes[buffer.index] ?? step...step
        lifetimes[buffer.index] = min(lifetime.lowerBound, step)...max(lifetime.upperBound, step)
      }
    }
    for input in inputs { use(input, at: -1) }
    for (index, step) in steps.enumerated() {
      for buffer in step.reads + step.writes { use(buffer, at: index) }
    }
    for output in outputs { use(output, at: steps.count) }
    place(lifetimes, buffers)
  }

  /// Largest first, each at the lowest offset that is free for as long as it lives.
  private mutating func place(_ lifetimes: [Int: ClosedRange<Int>], _ buffers: [DraftBuffer]) {
    let sized = lifetimes.map {
      (index: $0.key, lifetime: $0.value, size: Self.size(buffers[$0.key]))
    }
    var placed: [Placement] = []
    for buffer in sized.sorted(by: { ($0.size, $1.index) > ($1.size, $0.index) }) {
      var offset = 0
      for other in placed where other.lifetime.overlaps(buffer.lifetime) {
        if other.offset >= offset + buffer.size { break }
        offset = max(offset, other.end)
      }
      offsets[buffer.index] = offset
      let end = offset + buffer.size
      byteCount = max(byteCount, end)
      let position = placed.firstIndex { $0.offset > offset } ?? placed.count
      placed.insert(Placement(offset: offset, end: end, lifetime: buffer.lifetime), at: position)
    }
  }

  /// Whole cache lines, and one to spare, so that neighbors do not share one.
  private static func size(_ buffer: DraftBuffer) -> Int {
    (buffer.descriptor.byteCount + 127) / 64 * 64
  }
}
