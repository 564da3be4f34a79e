/// A rectangle on a picture: in pixels of the picture as it is displayed, with the first pixel between 0
/// and 1.
package struct PictureBox: Hashable, Sendable {
  /// The edge where columns start.
  package let left: Double

  /// The edge where rows start.
  package let top: Double

  /// The edge where columns end, not before `left`.
  package let right: Double

  /// The edge where rows end, not before `top`.
  package let bottom: Double

  /// Describes a rectangle.
  package init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  /// Columns times rows.
  package var area: Double { (right - left) * (bottom - top) }

  /// The part that two rectangles share; nil where that has no area.
  package func intersection(_ other: PictureBox) -> PictureBox? {
    let shared = PictureBox(
      left: max(left, other.left), top: max(top, other.top), right: min(right, other.right),
      bottom: min(bottom, other.bottom))
    return shared.left < shared.right && shared.top < shared.bottom ? shared : nil
  }
}
