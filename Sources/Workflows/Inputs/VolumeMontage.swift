import ImageData
import TensorCore

/// Slices of a volume side by side, row by row from the first.
package struct VolumeMontage: Sendable {
  /// The slices as one picture.
  let picture: Picture

  /// The indices of the slices that are shown, evenly spaced.
  let shown: [Int]

  private let grid: (columns: Int, rows: Int)
  private let slice: (height: Int, width: Int)
  /// How many pixels a voxel is high and wide.
  private let factor: Int

  /// The most slices that are shown.
  static let greatestCount = 24

  /// The pixels between slices.
  private static let gap = 4

  /// About how many pixels the montage is wide at least.
  private static let leastWidth = 640

  /// Arranges a volume.
  ///
  /// - Parameter volume: `[slices, rows, columns]`.
  init(_ volume: Tensor) {
    let count = volume.shape[0]
    let shownCount = min(count, Self.greatestCount)
    shown = (0..<shownCount).map { $0 * count / shownCount }
    slice = (volume.shape[1], volume.shape[2])
    let ideal = (Double(shownCount) * Double(slice.height) / Double(slice.width) * 1.5)
    let columns = min(shownCount, max(1, Int(ideal.squareRoot().rounded(.up))))
    grid = (columns, (shownCount + columns - 1) / columns)
    factor = max(1, (Self.leastWidth + columns * slice.width - 1) / (columns * slice.width))
    let bytes = StretchedChannel(volume.elements).bytes
    let size = Self.size(grid, slice, factor)
    var pixels = [UInt8](repeating: 255, count: 3 * size.width * size.height)
    Self.visit(shown, grid, slice, factor) { voxel, pixel in
      for channel in 0..<3 { pixels[3 * pixel + channel] = bytes[voxel] }
    }
    picture = Picture(width: size.width, height: size.height, pixels: pixels)
  }

  /// A map of the volume arranged alike, `[rows, columns]` of the picture; zero between slices.
  func arranged(_ map: Tensor) -> Tensor {
    var values = [Float](repeating: 0, count: picture.width * picture.height)
    Self.visit(shown, grid, slice, factor) { voxel, pixel in values[pixel] = map.elements[voxel] }
    return Tensor(shape: [picture.height, picture.width], elements: values)
  }

  private static func size(
    _ grid: (columns: Int, rows: Int), _ slice: (height: Int, width: Int), _ factor: Int
  ) -> (width: Int, height: Int) {
    (
      grid.columns * slice.width * factor + (grid.columns - 1) * gap,
      grid.rows * slice.height * factor + (grid.rows - 1) * gap
    )
  }

  /// Tells the voxel that each pixel shows.
  private static func visit(
    _ shown: [Int], _ grid: (columns: Int, rows: Int), _ slice: (height: Int, width: Int),
    _ factor: Int, _ body: (_ voxel: Int, _ pixel: Int) -> Void
  ) {
    let width = size(grid, slice, factor).width
    for (place, index) in shown.enumerated() {
      let left = place % grid.columns * (slice.width * factor + gap)
      let top = place / grid.columns * (slice.height * factor + gap)
      for row in 0..<slice.height * factor {
        let line = (index * slice.height + row / factor) * slice.width
        for column in 0..<slice.width * factor {
          body(line + column / factor, (top + row) * width + left + column)
        }
      }
    }
  }
}
