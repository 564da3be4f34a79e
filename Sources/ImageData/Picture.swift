/// A picture of 8-bit red, green and blue samples in the sRGB encoding.
public struct Picture: Hashable, Sendable {
  /// The most pixels a picture file may declare; more are refused before memory is taken.
  public static let maximumPixelCount = 100_000_000

  /// The number of columns, at least one.
  public let width: Int

  /// The number of rows, at least one.
  public let height: Int

  /// The samples, row-major from the top left, three per pixel: red, green, blue.
  public let pixels: [UInt8]

  /// Creates a picture.
  ///
  /// - Parameters:
  ///   - width: Columns, at least one.
  ///   - height: Rows, at least one.
  ///   - pixels: Three samples per pixel, row-major from the top left.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0, "a picture needs at least one pixel")
    precondition(pixels.count == 3 * width * height, "three samples per pixel are needed")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The red, green and blue samples of one pixel.
  public subscript(row: Int, column: Int) -> (red: UInt8, green: UInt8, blue: UInt8) {
    precondition(
      (0..<height).contains(row) && (0..<width).contains(column), "the pixel must lie inside")
    let offset = 3 * (row * width + column)
    return (pixels[offset], pixels[offset + 1], pixels[offset + 2])
  }

  /// The part that starts at a column and row.
  ///
  /// - Parameters:
  ///   - left: First column.
  ///   - top: First row.
  ///   - width: Columns kept; the part must lie inside the picture.
  ///   - height: Rows kept; the part must lie inside the picture.
  /// - Returns: A picture of `width` by `height` pixels.
  public func cropped(left: Int, top: Int, width: Int, height: Int) -> Picture {
    precondition(
      left >= 0 && top >= 0 && width > 0 && height > 0 && left + width <= self.width
        && top + height <= self.height, "the part must lie inside the picture")
    if width == self.width && height == self.height { return self }
    var part: [UInt8] = []
    part.reserveCapacity(3 * width * height)
    for row in top..<top + height {
      let start = 3 * (row * self.width + left)
      part += pixels[start..<start + 3 * width]
    }
    return Picture(width: width, height: height, pixels: part)
  }

  /// The picture with each pixel replaced by its luma (ITU-R 601), red = green = blue.
  public var gray: Picture {
    var samples = [UInt8](repeating: 0, count: pixels.count)
    for offset in stride(from: 0, to: pixels.count, by: 3) {
      let sum =
        19_595 * UInt32(pixels[offset]) + 38_470 * UInt32(pixels[offset + 1])
        + 7_471 * UInt32(pixels[offset + 2])
      let luma = UInt8((sum + 32_768) >> 16)
      samples[offset] = luma
      samples[offset + 1] = luma
      samples[offset + 2] = luma
    }
    return Picture(width: width, height: height, pixels: samples)
  }
}
