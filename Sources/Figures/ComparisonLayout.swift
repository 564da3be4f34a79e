import ImageData

/// Where everything in a comparison stands; nothing is drawn here.
///
/// The input stands at the top left with the texts and color bars beside it; beneath are the heads
/// of the rows, and to their right the cells.
struct ComparisonLayout {
  /// A line of text in its box.
  struct Label: Hashable {
    let text: String
    let box: Canvas.Box
    let size: Double
    let alignment: Canvas.Alignment
    let isBold: Bool
    let isFaint: Bool
  }

  /// A line at an axis.
  struct Rule: Hashable {
    let start: Canvas.Point
    let end: Canvas.Point
  }

  /// The extents of the figure, in points.
  var width = 0.0
  var height = 0.0

  /// Where the input is drawn.
  var input = Canvas.Box(x: 0, y: 0, width: 0, height: 0)

  /// The box of each cell of the figure, in its order.
  var panels: [Canvas.Box] = []

  /// The bar of each scale of the figure, in its order.
  var bars: [Canvas.Box] = []

  /// All texts but those inside cells.
  var labels: [Label] = []

  /// Lines over groups and ticks at axes.
  var rules: [Rule] = []

  typealias Style = Canvas.Style

  /// Sizes of the parts.
  enum Part {
    static let columnGap = 8.0
    static let groupGap = 20.0
    static let rowGap = 4.0
    static let captionHeight = 11.0
    static let captionSize = 7.5
    static let headSize = 9.5
    static let detailSize = 8.5
    static let leastWidth = 500.0
    /// What fits across a sheet in landscape.
    static let sheetWidth = 842.0
    /// What the drawing library can make at two pixels per point, with some space for heads.
    static let greatestExtent = 15_000.0
  }

  init() {}

  /// Lays out a figure; texts are measured on the canvas.
  init(_ figure: ComparisonFigure, _ canvas: Canvas) {
    let cell = Self.cellSize(figure)
    let headWidth = max(cell.width, Self.inputWidth(figure))
    let left = Style.margin + headWidth + 12
    let xs = Self.columns(figure, cell.width, left: left)
    let right = (xs.last ?? left) + cell.width
    width = max(right + Style.margin, Part.leastWidth)
    placeInput(figure, canvas, width: headWidth, cell)
    let textBottom = placeTexts(figure, canvas, left: left)
    let headHeight = headHeight(figure, canvas, cell.width)
    let top = max(input.bottom + axisHeight(figure), textBottom + 10 + headHeight)
    placeHeads(figure, canvas, xs, cell.width, bottom: top)
    let pitch = Part.captionHeight + cell.height + Part.rowGap
    for (index, row) in figure.rows.enumerated() {
      let box = Canvas.Box(
        x: Style.margin, y: top + Double(index) * pitch + Part.captionHeight,
        width: headWidth, height: cell.height)
      placeRowHead(row, canvas, in: box)
    }
    for (place, map) in figure.cells {
      let x = xs[place.target * figure.methods.count + place.method]
      let y = top + Double(place.row) * pitch + Part.captionHeight
      panels.append(Canvas.Box(x: x, y: y, width: cell.width, height: cell.height))
      guard map.hasPositive else { continue }
      let box = Canvas.Box(
        x: x, y: y - Part.captionHeight + 1, width: cell.width, height: Part.captionHeight - 2)
      label(
        NumberText.short(Double(map.magnitude)), in: box, size: Part.captionSize, canvas,
        alignment: .trailing, isFaint: true)
    }
    height = top + Double(figure.rows.count) * pitch - Part.rowGap + Style.margin
    if case .spectrum(let spectrum) = figure.subject {
      placeAxes(figure, canvas, spectrum, left: left, right: right)
    }
  }

  // Extents.

  /// The extents of a cell: those of the picture, or what fits across a sheet.
  private static func cellSize(_ figure: ComparisonFigure) -> (width: Double, height: Double) {
    let columnCount = Double(figure.targets.count * figure.methods.count)
    let rowCount = Double(figure.rows.count)
    let greatest = (
      width: Part.greatestExtent / columnCount - Part.columnGap,
      height: Part.greatestExtent / rowCount - Part.captionHeight - Part.rowGap
    )
    switch figure.subject {
    case .spectrum:
      let gaps = Part.groupGap * Double(figure.targets.count - 1)
      let space = Part.sheetWidth - 2 * Style.margin - inputWidth(figure) - 12 - gaps
      let width = space / columnCount - Part.columnGap
      return (min(greatest.width, min(260, max(56, width))), min(greatest.height, 58))
    case .picture(let picture):
      let longSide = min(170, max(112, 760 / columnCount))
      let (columns, rows) = (Double(picture.width), Double(picture.height))
      let factor = longSide / max(columns, rows)
      let size = (max(48, columns * factor), max(40, rows * factor))
      let shrinking = min(1, greatest.width / size.0, greatest.height / size.1)
      return ((size.0 * shrinking).rounded(), (size.1 * shrinking).rounded())
    }
  }

  /// The least width of the input and of the heads of the rows.
  private static func inputWidth(_ figure: ComparisonFigure) -> Double {
    if case .spectrum = figure.subject { return 112 }
    return 104
  }

  /// Space beneath an axis.
  private func axisHeight(_ figure: ComparisonFigure) -> Double {
    if case .spectrum = figure.subject { return 16 }
    return 4
  }

  /// The left edges of the columns.
  private static func columns(
    _ figure: ComparisonFigure, _ width: Double, left: Double
  ) -> [Double] {
    var xs: [Double] = []
    var x = left
    for _ in figure.targets {
      for _ in figure.methods {
        xs.append(x)
        x += width + Part.columnGap
      }
      x += Part.groupGap - Part.columnGap
    }
    return xs
  }
}
