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

/// Drawings side by side, as high as the highest, with a line about their scales beneath.
private struct RowOfDrawings: Drawing {
  let parts: [any Drawing]

  private typealias Style = Canvas.Style

  /// What colors of several maps do not mean.
  private static let statement =
    "Each map has a scale of its own; equal colors of two maps are not equal values."

  private static let statementHeight = 18.0

  var width: Double { parts.reduce(0) { $0 + $1.width } }

  private var partHeight: Double { parts.map(\.height).max() ?? 0 }

  var height: Double { partHeight + (parts.count > 1 ? Self.statementHeight : 0) }

  var texts: [String] { parts.flatMap(\.texts) + (parts.count > 1 ? [Self.statement] : []) }

  func draw(on canvas: Canvas) {
    var x = 0.0
    for part in parts {
      canvas.moved(right: x) { part.draw(on: canvas) }
      x += part.width
    }
    guard parts.count > 1 else { return }
    canvas.text(
      canvas.shortened(Self.statement, to: width - 2 * Style.margin, size: Style.tickSize),
      at: Canvas.Point(x: Style.margin, y: partHeight + 6), size: Style.tickSize,
      color: Style.faintTextColor)
  }
}
