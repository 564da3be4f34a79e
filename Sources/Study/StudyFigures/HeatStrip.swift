import Figures
import ImageData

/// The channels of a layer as rows of colors over an axis.
struct HeatStrip {
  /// For each channel its values.
  let channels: [[Double]]

  /// Where the values lie, in the axis's unit, rising or falling.
  let positions: [Double]

  /// The color of a value.
  let color: (Double) -> Color

  /// The picture of a part of the axis; white where no value lies.
  ///
  /// Every value fills the space to the middle between it and its neighbors, and as much outward at
  /// both ends. When there are more channels than rows, a row shows the one at its middle.
  ///
  /// - Parameters:
  ///   - scale: The values at the left and right edge.
  ///   - width: Columns.
  ///   - height: Rows.
  /// - Returns: The picture.
  func picture(_ scale: LinearScale, width: Int, height: Int) -> Picture {
    let indices = (0..<width).map { column in
      index(at: scale.start + (scale.end - scale.start) * (Double(column) + 0.5) / Double(width))
    }
    let rows = channels.map { channel in
      let colors = channel.map { color($0).samples }
      return indices.flatMap { $0.map { colors[$0] } ?? [255, 255, 255] }
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * width * height)
    for row in 0..<height {
      pixels += rows[(2 * row + 1) * channels.count / (2 * height)]
    }
    return Picture(width: width, height: height, pixels: pixels)
  }

  /// Which value's space holds a position, nil outside of all.
  func index(at position: Double) -> Int? {
    guard positions.count > 1 else { return 0 }
    let isRising = positions[0] < positions[1]
    // The first value that lies beyond the position.
    var (before, beyond) = (-1, positions.count)
    while beyond - before > 1 {
      let middle = (before + beyond) / 2
      let isBefore = isRising ? positions[middle] <= position : positions[middle] >= position
      if isBefore { before = middle } else { beyond = middle }
    }
    if before < 0 {
      return abs(positions[0] - position) <= abs(positions[1] - positions[0]) / 2 ? 0 : nil
    }
    let last = positions.count - 1
    if beyond > last {
      let reach = abs(positions[last] - positions[last - 1]) / 2
      return abs(positions[last] - position) <= reach ? last : nil
    }
    let toBefore = abs(position - positions[before])
    return toBefore <= abs(positions[beyond] - position) ? before : beyond
  }
}
