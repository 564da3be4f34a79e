import ImageData

extension Picture {
  /// A picture whose samples follow a formula that the reference results were made with.
  static func pattern(width: Int, height: Int) -> Picture {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        for c in 0..<3 {
          let value = x * x * 7 + y * 13 * (c + 1) + x * y * (c + 2) * 3 + (x / 3 + y / 2) * 61
          pixels.append(UInt8(value % 256))
        }
      }
    }
    return Picture(width: width, height: height, pixels: pixels)
  }
}

/// The largest difference between two lists of samples, 256 when their counts differ.
func largestDifference(_ a: [UInt8], _ b: [UInt8]) -> Int {
  guard a.count == b.count else { return 256 }
  return zip(a, b).map { abs(Int($0) - Int($1)) }.max() ?? 0
}

enum Exif {
  /// A segment that says that the first row is at the right.
  static let quarterTurn: [UInt8] =
    [0xFF, 0xE1, 0, 34] + Array("Exif\0\0MM".utf8) + [
      0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
    ]
}
