import ImageData

/// Where everything in a comparison stands; nothing is drawn here.
///
/// The input stands at the top left with the texts and color bars beside it; beneath are the heads
/// of the rows, and to their right the cells. More columns than fit side by side are wrapped: the rows
/// stand again beneath for the next of them.
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
    /// How many columns stand side by side before they are wrapped.
    static let greatestColumnCount = 8
    static let bandGap = 14.0
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
    let bands = ComparisonBands(figure, greatest: Part.greatestColumnCount)
    let xs = bands.edges(cell.width, left: left)
    let right = (xs.max() ?? left) + cell.width
    width = max(right + Style.margin, Part.leastWidth)
    placeInput(figure, canvas, width: headWidth, cell)
    let textBottom = placeTexts(figure, canvas, left: left)
    let headHeight = headHeight(figure, canvas, cell.width)
    let first = max(input.bottom + axisHeight(figure), textBottom + 10 + headHeight)
    let pitch = Part.captionHeight + cell.height + Part.rowGap
    var (top, areas) = (first, [Canvas.Box]())
    for (columns, rows) in zip(bands.columns, bands.rows(of: figure)) {
      placeHeads(figure, canvas, bands.groups(in: columns, edges: xs), cell.width, bottom: top)
      for (index, row) in rows.enumerated() {
        let y = top + Double(index) * pitch + Part.captionHeight
        let box = Canvas.Box(x: Style.margin, y: y, width: headWidth, height: cell.height)
        placeRowHead(figure.rows[row], canvas, in: box)
      }
      let rowsHeight = max(0, Double(rows.count) * pitch - Part.rowGap)
      areas.append(.init(x: left, y: top, width: right - left, height: rowsHeight))
      height = top + rowsHeight + Style.margin
      top += rowsHeight + axisHeight(figure) + Part.bandGap + headHeight
    }
    placePanels(figure, canvas, bands, areas, xs, cell)
    if case .spectrum(let spectrum) = figure.subject {
      let boxes = areas.map { area in
        panels.filter { $0.y >= area.y && $0.y < area.bottom }
      }
      placeAxes(figure, canvas, spectrum, boxes, left: left, right: right)
    }
  }

  /// Places the cells in the areas of their bands.
  private mutating func placePanels(
    _ figure: ComparisonFigure, _ canvas: Canvas, _ bands: ComparisonBands,
    _ areas: [Canvas.Box], _ xs: [Double], _ cell: (width: Double, height: Double)
  ) {
    let rows = bands.rows(of: figure)
    let pitch = Part.captionHeight + cell.height + Part.rowGap
    for (place, map) in figure.cells {
      let column = place.target * figure.methods.count + place.method
      let band = bands.band(of: column)
      let index = Double(rows[band].firstIndex(of: place.row) ?? 0)
      let y = areas[band].y + index * pitch + Part.captionHeight
      placePanel(
        map, canvas, in: .init(x: xs[column], y: y, width: cell.width, height: cell.height))
    }
  }

  /// Places a cell, with the largest magnitude of its map above it.
  private mutating func placePanel(_ map: ScaledMap, _ canvas: Canvas, in panel: Canvas.Box) {
    panels.append(panel)
    guard map.hasPositive else { return }
    let box = Canvas.Box(
      x: panel.x, y: panel.y - Part.captionHeight + 1, width: panel.width,
      height: Part.captionHeight - 2)
    let magnitude = NumberText.short(Double(map.magnitude))
    let limit = map.isSaturated ? "\(NumberText.short(Double(map.divisor))) of " : ""
    label(
      limit + magnitude, in: box, size: Part.captionSize, canvas,
      alignment: .trailing, isFaint: true)
  }

  // Extents.

  /// The extents of a cell: those of the picture, or what fits across a sheet.
  private static func cellSize(_ figure: ComparisonFigure) -> (width: Double, height: Double) {
    let bands = ComparisonBands(figure, greatest: Part.greatestColumnCount)
    let columnCount = Double(bands.columns.map(\.count).max() ?? 1)
    let rowCount = Double(figure.rows.count * bands.columns.count)
    let greatest = (
      width: Part.greatestExtent / columnCount - Part.columnGap,
      height: (Part.greatestExtent - 60 * Double(bands.columns.count)) / rowCount
        - Part.captionHeight - Part.rowGap
    )
    switch figure.subject {
    case .spectrum:
      let gaps = Part.groupGap * Double(bands.greatestTargetCount - 1)
      let space = Part.sheetWidth - 2 * Style.margin - 12 - gaps - columnCount * Part.columnGap
      // The heads of the rows are as wide as the input or as a cell, whichever is wider.
      let width = min(
        (space - inputWidth(figure)) / columnCount, space / (columnCount + 1))
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
}
