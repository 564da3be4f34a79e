package import ImageData

/// Where everything in a figure stands, and how it is drawn; the same for pictures and vector
/// graphics.
package protocol Drawing {
  /// Points across.
  var width: Double { get }

  /// Points down.
  var height: Double { get }

  /// The first line.
  var title: String { get }

  /// What else is written in the figure; empty texts are left out.
  var texts: [String] { get }

  /// Draws everything.
  func draw(on canvas: Canvas)
}

extension Drawing {
  /// The width that all figures of a study share, so that they fit one column of a report.
  package static var sharedWidth: Double { 760 }

  package var width: Double { Self.sharedWidth }

  /// The figure at two pixels per point.
  package func picture() throws(FigureError) -> Picture {
    try Canvas.picture(width: width, height: height, scale: 2, draw: draw)
  }

  /// The bytes of an SVG file with title and description.
  package func scalableGraphic() throws(FigureError) -> [UInt8] {
    let bytes = try Canvas.scalableGraphic(width: width, height: height, draw: draw)
    return ScalableGraphicText.annotated(
      bytes, title: title, description: texts.filter { !$0.isEmpty }.joined(separator: "; "))
  }
}
