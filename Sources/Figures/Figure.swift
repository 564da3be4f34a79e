public import ImageData

/// A figure that can be written as a picture and as a vector graphic.
public protocol Figure: Sendable {
  /// The first line.
  var title: String { get }

  /// Draws the figure at two pixels per point.
  ///
  /// - Returns: The figure; write it as PNG.
  /// - Throws: `FigureError` when the drawing library fails.
  func figure() throws(FigureError) -> Picture

  /// Draws the figure as a vector graphic; title and labels are in it as searchable text too.
  ///
  /// - Returns: The bytes of an SVG file.
  /// - Throws: `FigureError` when the drawing library fails.
  func scalableGraphic() throws(FigureError) -> [UInt8]
}
