import TensorCore

/// Where a plane lies in a larger one, whose other numbers are its padding.
struct PlaneFrame {
  /// The extents of the larger one.
  let rows: Int
  let columns: Int

  /// How many rows are above the plane.
  var top = 0

  /// How many columns are left of it.
  var left = 0

  /// The numbers of the larger one, 16 channels each.
  var numberCount: Int { 16 * rows * columns }
}

/// Copies blocks of 16 channels of one sample, `[rows, columns, 16]` in `Float`, out of buffers in such blocks or
/// with channels last.
struct ChannelPlanes {
  /// How many blocks a sample has.
  let blocks: Int

  private let channels: Int
  private let rows: Int
  private let columns: Int
  private let isBlocked: Bool

  /// The planes of values of `shape` with one or two axes of positions.
  ///
  /// - Returns: Nil for a layout that is neither of the two.
  init?(_ shape: Shape, _ descriptor: MemoryDescriptor) {
    switch descriptor.orderOfChannels {
    case .channelsLast: isBlocked = false
    case .channelBlocked(16): isBlocked = true
    default: return nil
    }
    channels = shape[1]
    blocks = (shape[1] + 15) / 16
    columns = shape.positions.last ?? 1
    rows = shape.positions.dropLast().reduce(1, *)
  }

  /// Copies a plane; what is not covered by it stays.
  ///
  /// - Parameters:
  ///   - memory: The buffer.
  ///   - sample: Which sample.
  ///   - block: Which block of channels.
  ///   - frame: Where in the target.
  ///   - target: As many numbers as the frame has.
  func copy(
    _ memory: Memory, sample: Int, block: Int, in frame: PlaneFrame,
    to target: UnsafeMutablePointer<Float>
  ) {
    let stride = isBlocked ? 16 : channels
    let first =
      isBlocked
      ? (sample * blocks + block) * rows * columns * 16
      : sample * rows * columns * channels + 16 * block
    let numbers = unsafe StoredNumbers(memory)
    let width = isBlocked ? 16 : min(16, channels - 16 * block)
    let (height, length) = (
      max(0, min(rows, frame.rows - frame.top)), max(0, min(columns, frame.columns - frame.left))
    )
    if columns == frame.columns, frame.left == 0 {
      return unsafe numbers.read(
        first, every: stride, rows: height * columns, width, into: target + 16 * frame.top * columns
      )
    }
    for row in 0..<height {
      let place = ((row + frame.top) * frame.columns + frame.left) * 16
      unsafe numbers.read(
        first + row * columns * stride, every: stride,
        rows: length,
        width, into: target + place)
    }
  }
}
