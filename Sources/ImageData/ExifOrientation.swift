/// How a camera held the picture: where the first stored row and column are when it is looked at.
enum ExifOrientation: Int, CaseIterable {
  /// Row 0 at the top, column 0 at the left: as stored.
  case upright = 1

  /// Row 0 at the top, column 0 at the right.
  case mirrored = 2

  /// Row 0 at the bottom, column 0 at the right.
  case halfTurn = 3

  /// Row 0 at the bottom, column 0 at the left.
  case flipped = 4

  /// Row 0 at the left, column 0 at the top.
  case transposed = 5

  /// Row 0 at the right, column 0 at the top.
  case quarterTurn = 6

  /// Row 0 at the right, column 0 at the bottom.
  case transversed = 7

  /// Row 0 at the left, column 0 at the bottom.
  case threeQuarterTurn = 8

  /// Whether stored rows become columns.
  var exchangesAxes: Bool { rawValue >= 5 }

  /// What stands before the structure in a JPEG segment.
  static let header = Array("Exif\0\0".utf8)

  /// Finds the orientation tag (0x0112) in the first directory of an Exif structure.
  ///
  /// - Parameter structure: What follows the header in a JPEG APP1 segment, or a chunk of other
  ///   formats; nil is returned unless it holds a valid orientation.
  init?(structure: ArraySlice<UInt8>) {
    let directory = TIFFDirectory(Array(structure))
    guard let orientation = directory?.short(0x0112).flatMap(ExifOrientation.init(rawValue:)) else {
      return nil
    }
    self = orientation
  }

  /// Where the sample is stored that is looked at in a row and column.
  ///
  /// - Parameters:
  ///   - row: The row of the upright picture.
  ///   - column: Its column.
  ///   - width: The stored number of columns.
  ///   - height: The stored number of rows.
  /// - Returns: The stored row and column.
  func stored(row: Int, column: Int, width: Int, height: Int) -> (row: Int, column: Int) {
    switch self {
    case .upright: (row, column)
    case .mirrored: (row, width - 1 - column)
    case .halfTurn: (height - 1 - row, width - 1 - column)
    case .flipped: (height - 1 - row, column)
    case .transposed: (column, row)
    case .quarterTurn: (height - 1 - column, row)
    case .transversed: (height - 1 - column, width - 1 - row)
    case .threeQuarterTurn: (column, width - 1 - row)
    }
  }
}

extension Picture {
  /// The picture turned and mirrored so that it stands upright.
  func upright(from orientation: ExifOrientation) -> Picture {
    if orientation == .upright { return self }
    let newWidth = orientation.exchangesAxes ? height : width
    let newHeight = orientation.exchangesAxes ? width : height
    var turned = [UInt8](repeating: 0, count: pixels.count)
    for row in 0..<newHeight {
      for column in 0..<newWidth {
        let stored = orientation.stored(row: row, column: column, width: width, height: height)
        let source = 3 * (stored.row * width + stored.column)
        let destination = 3 * (row * newWidth + column)
        for channel in 0..<3 { turned[destination + channel] = pixels[source + channel] }
      }
    }
    return Picture(width: newWidth, height: newHeight, pixels: turned)
  }
}
