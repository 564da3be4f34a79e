/// Where the positions of a network's input lie on a picture, which is resized, and then cut or padded.
///
/// What is known about pixels of the picture comes to positions by the same numbers as the picture.
package struct PicturePlacement: Hashable, Sendable {
  /// Columns of the picture as it is displayed.
  package let pictureWidth: Int

  /// Rows of the picture as it is displayed.
  package let pictureHeight: Int

  /// Columns of the network's input.
  package let width: Int

  /// Rows of the network's input.
  package let height: Int

  /// Columns of the resized picture.
  package let resizedWidth: Int

  /// Rows of the resized picture.
  package let resizedHeight: Int

  /// Which column of the resized picture is the network's first; below zero where that is padding.
  package let left: Int

  /// Which row of the resized picture is the network's first; below zero where that is padding.
  package let top: Int

  /// Pixels of the displayed picture for each column of the resized one.
  private let columnScale: Double

  /// Pixels of the displayed picture for each row of the resized one.
  private let rowScale: Double

  /// Cuts or pads evenly on both sides.
  ///
  /// - Parameters:
  ///   - picture: Columns and rows of the decoded picture.
  ///   - resized: What it is resized to.
  ///   - input: Columns and rows of the network's input.
  ///   - whole: Columns and rows of the picture as it is displayed; nil for those that were decoded.
  ///   - divisor: What these were divided by when the file was decoded.
  init(
    picture: (width: Int, height: Int), resized: (width: Int, height: Int),
    input: (width: Int, height: Int), whole: (width: Int, height: Int)? = nil, divisor: Int = 1
  ) {
    precondition(picture.width > 0 && picture.height > 0, "a picture needs at least one pixel")
    (pictureWidth, pictureHeight) = whole ?? picture
    (width, height) = input
    (resizedWidth, resizedHeight) = resized
    left = Self.margin(resized.width - input.width)
    top = Self.margin(resized.height - input.height)
    columnScale = Double(picture.width) / Double(resized.width) * Double(divisor)
    rowScale = Double(picture.height) / Double(resized.height) * Double(divisor)
  }

  /// What is cut is rounded half to even, as is customary, and what is padded toward the start.
  private static func margin(_ excess: Int) -> Int {
    excess < 0 ? excess / 2 : Int((Double(excess) / 2).rounded(.toNearestOrEven))
  }

  /// The columns of the resized picture that the network sees.
  var columns: Range<Int> { max(0, left)..<min(resizedWidth, left + width) }

  /// The rows of the resized picture that the network sees.
  var rows: Range<Int> { max(0, top)..<min(resizedHeight, top + height) }

  /// Where the middle of each of the network's columns lies, in pixels from the left of the picture.
  package var columnCenters: [Double] {
    (0..<width).map { (Double($0 + left) + 0.5) * columnScale }
  }

  /// Where the middle of each of the network's rows lies, in pixels from the top of the picture.
  package var rowCenters: [Double] {
    (0..<height).map { (Double($0 + top) + 0.5) * rowScale }
  }

  /// The part of the picture that the network sees, in pixels of the picture.
  package var view: PictureBox {
    PictureBox(
      left: max(0, Double(left) * columnScale), top: max(0, Double(top) * rowScale),
      right: min(Double(pictureWidth), Double(left + width) * columnScale),
      bottom: min(Double(pictureHeight), Double(top + height) * rowScale))
  }

  /// A point of the picture at positions of the network; it lies on none where it is outside of them.
  ///
  /// - Parameters:
  ///   - x: Pixels from the left edge of the picture.
  ///   - y: Pixels from its top edge.
  /// - Returns: Positions from the left and top edge of the network's input.
  package func point(x: Double, y: Double) -> (x: Double, y: Double) {
    (x / columnScale - Double(left), y / rowScale - Double(top))
  }
}

extension ImagePreprocessing {
  /// How a picture comes to the positions of the network.
  ///
  /// - Parameters:
  ///   - width: Columns of the picture as it is displayed, at least one.
  ///   - height: Its rows, at least one.
  /// - Returns: What `prepare` does with such a picture.
  /// - Throws: `ImageError` when the settings contradict themselves or the picture would become
  ///   absurdly long when resized.
  package func placement(width: Int, height: Int) throws(ImageError) -> PicturePlacement {
    try placement(width: width, height: height, decodedBy: 1)
  }

  /// How a picture that was decoded in part comes to the positions of the network.
  func placement(
    width: Int, height: Int, decodedBy divisor: Int
  ) throws(ImageError) -> PicturePlacement {
    try check()
    let decoded = ((width + divisor - 1) / divisor, (height + divisor - 1) / divisor)
    let resized = resizedSize(width: decoded.0, height: decoded.1)
    guard padding != nil || resized.width * resized.height <= Picture.maximumPixelCount else {
      throw ImageError(
        .tooLarge,
        "a picture of \(width)×\(height) pixels would be resized to "
          + "\(resized.width)×\(resized.height); crop it to a less elongated one")
    }
    return PicturePlacement(
      picture: decoded, resized: resized, input: (self.width, self.height),
      whole: (width, height), divisor: divisor)
  }
}
