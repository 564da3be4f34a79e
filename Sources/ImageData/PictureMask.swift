/// Pixels of a picture that belong to something.
package struct PictureMask: Hashable, Sendable {
  /// Columns of the picture as it is displayed.
  package let width: Int

  /// Rows of the picture.
  package let height: Int

  /// Whether each pixel belongs to it, row by row from the top left.
  package let isInside: [Bool]

  /// Describes a mask.
  ///
  /// - Parameters:
  ///   - width: Columns of the picture, at least one.
  ///   - height: Rows of the picture, at least one.
  ///   - isInside: One value for each pixel, row by row.
  package init(width: Int, height: Int, isInside: [Bool]) {
    precondition(width > 0 && height > 0, "a mask needs at least one pixel")
    precondition(isInside.count == width * height, "one value for each pixel is needed")
    self.width = width
    self.height = height
    self.isInside = isInside
  }
}
