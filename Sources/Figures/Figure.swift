public import ImageData

/// A figure that can be written as a picture and as a vector graphic.
public protocol Figure: Sendable {
  /// The first line.
  var title: String { get }

  /// Decides where everything in the figure stands.
  ///
  /// - Returns: What draws the figure.
  /// - Throws: `FigureError` when the drawing library fails.
  func drawing() throws(FigureError) -> any Drawing
}

extension Figure {
  /// Draws the figure at two pixels per point.
  ///
  /// - Returns: The figure; write it as PNG.
  /// - Throws: `FigureError` when the drawing library fails.
  public func figure() throws(FigureError) -> Picture {
    let drawing = try drawing()
    return try Canvas.picture(
      width: drawing.width, height: drawing.height, scale: 2, draw: drawing.draw)
  }

  /// Draws the figure as a vector graphic; title and labels are in it as searchable text too.
  ///
  /// - Returns: The bytes of an SVG file.
  /// - Throws: `FigureError` when the drawing library fails.
  public func scalableGraphic() throws(FigureError) -> [UInt8] {
    try scalableGraphic(in: "")
  }

  /// Draws the figure as a vector graphic for a part of a page that may show an equal one elsewhere.
  ///
  /// - Parameter part: What tells the part from others.
  /// - Returns: The bytes of an SVG file, whose names differ from those in other parts.
  /// - Throws: `FigureError` when the drawing library fails.
  package func scalableGraphic(in part: String) throws(FigureError) -> [UInt8] {
    let drawing = try drawing()
    let bytes = try Canvas.scalableGraphic(
      width: drawing.width, height: drawing.height, draw: drawing.draw)
    let texts = drawing.texts.filter { !$0.isEmpty }
    return ScalableGraphicText(title: title, description: texts.joined(separator: "; "))
      .annotating(bytes, in: part)
  }
}
