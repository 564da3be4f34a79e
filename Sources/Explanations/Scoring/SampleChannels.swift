import TensorCore

/// The channels of one sample that become masks.
struct SampleChannels {
  /// `[channels, positions…]`.
  let maps: Tensor
  /// Of the same shape.
  let summed: Tensor
  /// One number per channel, the largest preferred.
  let ranking: [Float]

  /// The extents of a channel.
  var grid: [Int] { Array(maps.shape.extents.dropFirst()) }

  /// The channels that are scored, in their order: those that rank first among those whose map is
  /// not the same everywhere.
  func chosen(_ count: Int) -> [Int] {
    let size = max(maps.elements.count / max(maps.shape[0], 1), 1)
    let lively = (0..<maps.shape[0]).filter { channel in
      let values = maps.elements[channel * size..<(channel + 1) * size]
      guard let first = values.first else { return false }
      return values.contains { $0 != first }
    }
    guard lively.count > count else { return lively }
    let ranked = lively.sorted { (ranking[$1], $0) < (ranking[$0], $1) }
    return ranked.prefix(count).sorted()
  }
}
