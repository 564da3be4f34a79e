/// Figures that belong together, side by side.
public struct FigureRow: Figure {
  /// The figures from left to right.
  public let figures: [any Figure]

  /// The first line of the first of them.
  public var title: String { figures.first?.title ?? "" }

  /// Puts figures side by side.
  public init(_ figures: [any Figure]) {
    self.figures = figures
  }

  /// Decides where everything in the figure stands.
  ///
  /// - Returns: What draws the figure.
  /// - Throws: `FigureError` when the drawing library fails.
  public func drawing() throws(FigureError) -> any Drawing {
    var parts: [any Drawing] = []
    for figure in figures { parts.append(try figure.drawing()) }
    return RowOfDrawings(parts: parts)
  }
}

/// Drawings side by side, as high as the highest.
private struct RowOfDrawings: Drawing {
  let parts: [any Drawing]

  var width: Double { parts.reduce(0) { $0 + $1.width } }

  var height: Double { parts.map(\.height).max() ?? 0 }

  var texts: [String] { parts.flatMap(\.texts) }

  func draw(on canvas: Canvas) {
    var x = 0.0
    for part in parts {
      canvas.moved(right: x) { part.draw(on: canvas) }
      x += part.width
    }
  }
}
