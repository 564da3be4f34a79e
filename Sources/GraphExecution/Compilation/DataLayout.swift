import TensorCore

/// The layouts that our own kernels can walk: dense, in some order of axes and channel blocks.
enum DataLayout: Hashable, Sendable {
  /// Row-major.
  case plain
  /// Blocks of channels innermost, outer axes row-major: `[N, C / block, positions…, block]`.
  case channelBlocked(Int)
  /// `[N, positions…, C]`.
  case channelsLast

  /// The descriptor of a shape in this layout; a shape without positions is plain in all of them.
  func descriptor(
    _ shape: Shape, _ type: ElementType = .float32
  ) throws(ExecutionError) -> MemoryDescriptor {
    guard shape.rank >= 3 else { return try .plain(shape, type) }
    switch self {
    case .plain: return try .plain(shape, type)
    case .channelBlocked(let block): return try .channelBlocked(shape, block: block, type)
    case .channelsLast:
      let order = [0] + Array(2..<shape.rank) + [1]
      var strides = [Int](repeating: 1, count: shape.rank)
      var stride = 1
      for axis in order.reversed() {
        strides[axis] = stride
        stride *= max(shape[axis], 1)
      }
      return try .strided(shape, strides: strides, type)
    }
  }

  /// The extents of a shape's buffer in this layout, outermost first, padding included.
  func physicalExtents(_ shape: Shape) -> [Int] {
    guard shape.rank >= 3 else { return shape.extents }
    return switch self {
    case .plain: shape.extents
    case .channelBlocked(let block):
      [shape[0], (shape[1] + block - 1) / block] + shape.positions + [block]
    case .channelsLast: [shape[0]] + shape.positions + [shape[1]]
    }
  }

  /// For every physical axis, whether a set of logical axes covers it.
  func physicalFlags(_ axes: [Int], rank: Int) -> [Bool] {
    let flags = (0..<rank).map { axes.contains($0) }
    guard rank >= 3 else { return flags }
    return switch self {
    case .plain: flags
    case .channelBlocked: flags + [flags[1]]
    case .channelsLast: [flags[0]] + flags[2...] + [flags[1]]
    }
  }
}

extension MemoryDescriptor {
  /// The layout when it is one that our own kernels can walk.
  var dataLayout: DataLayout? { elementType == .float32 ? orderOfChannels : nil }

  /// The layout, of numbers of any format, when it is one that has a name here.
  var orderOfChannels: DataLayout? {
    guard let elementType else { return nil }
    if isPlain { return .plain }
    guard let blocking, rank >= 3 else { return nil }
    let candidate: DataLayout
    switch blocking.innerBlocks.count {
    case 0: candidate = .channelsLast
    case 1 where blocking.innerBlocks[0].axis == 1:
      candidate = .channelBlocked(blocking.innerBlocks[0].size)
    default: return nil
    }
    return (try? candidate.descriptor(shape, elementType)) == self ? candidate : nil
  }
}
