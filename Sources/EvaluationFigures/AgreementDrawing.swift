import Figures

/// Where everything in a figure of agreement stands, and how it is drawn.
struct AgreementDrawing: Drawing {
  /// Where one matrix stands.
  struct Place: Hashable {
    let grid: Canvas.Box
    let labelWidth: Double
    let headHeight: Double
  }

  let figure: AgreementFigure
  let places: [Place]
  let height: Double

  private typealias Style = Canvas.Style

  init(_ figure: AgreementFigure) {
    self.figure = figure
    var (places, top): ([Place], Double) = ([], 50)
    for matrix in figure.matrices {
      let count = Double(matrix.labels.count)
      let widest = Canvas.textWidths(matrix.labels, size: Style.tickSize).max() ?? 0
      let labelWidth = min(200, widest + 12)
      let side = min(44, (Self.sharedWidth - 2 * Style.margin - labelWidth - 70) / count)
      let headHeight = min(150, widest + 12)
      let grid = Canvas.Box(
        x: Style.margin + labelWidth, y: top + 24 + headHeight, width: side * count,
        height: side * count)
      places.append(Place(grid: grid, labelWidth: labelWidth, headHeight: headHeight))
      top = grid.bottom + 22
    }
    self.places = places
    height = top + 22
  }

  var texts: [String] {
    [figure.subtitle, Self.statement]
      + figure.matrices.flatMap { [$0.name] + $0.labels + Self.pairs($0) }
  }

  private static let statement =
    "Kendall's τ: 1 for the same order, 0 for none in common, −1 for the opposite order."

  /// The coefficients in words.
  private static func pairs(_ matrix: AgreementFigure.Matrix) -> [String] {
    matrix.labels.indices.flatMap { row in
      matrix.labels.indices.filter { $0 > row }.compactMap { column in
        matrix.values[row][column].map {
          "\(matrix.labels[row]), \(matrix.labels[column]): \(NumberText.fixed($0, decimals: 2))"
        }
      }
    }
  }

  /// Blue for agreement, orange for the opposite: told apart with any color vision, and by lightness.
  static func color(_ value: Double) -> Color {
    let end = value < 0 ? Palette.categories[1] : Palette.categories[0]
    return Color.white.mixed(with: end, min(1, abs(value)))
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    for (matrix, place) in zip(figure.matrices, places) {
      draw(matrix, place, on: canvas)
    }
    canvas.footnote(
      Self.statement, x: Style.margin, y: height - 14, width: width - 2 * Style.margin)
  }

  private func draw(
    _ matrix: AgreementFigure.Matrix, _ place: Place, on canvas: Canvas
  ) {
    let grid = place.grid
    let heading = Canvas.Box(
      x: Style.margin, y: grid.y - place.headHeight, width: width - 2 * Style.margin, height: 0)
    canvas.panelHeading(matrix.name, over: heading)
    let side = grid.width / Double(matrix.labels.count)
    for row in matrix.labels.indices {
      for column in matrix.labels.indices {
        let cell = Canvas.Box(
          x: grid.x + Double(column) * side, y: grid.y + Double(row) * side, width: side,
          height: side)
        write(matrix.values[row][column], on: canvas, in: cell)
      }
    }
    canvas.outline(grid, Style.frameColor, width: 0.7)
    drawLabels(matrix.labels, place, side, on: canvas)
    let bar = Canvas.Box(
      x: grid.right + 16, y: grid.y, width: Style.barWidth, height: max(40, min(grid.height, 160)))
    canvas.colorBar(to: 1, isSigned: true, label: "Kendall's τ", in: bar, color: Self.color)
  }

  private func write(_ value: Double?, on canvas: Canvas, in cell: Canvas.Box) {
    let color = value.map(Self.color) ?? Color(gray: 0.93)
    canvas.fill(cell, color)
    canvas.outline(cell, Style.gridColor, width: 0.7)
    let text = value.map { NumberText.fixed($0, decimals: 2) } ?? "–"
    let size = canvas.textWidth(text, size: Style.tickSize) <= cell.width - 3 ? Style.tickSize : 6.5
    guard canvas.textWidth(text, size: size) <= cell.width - 1 else { return }
    canvas.text(
      text, at: .init(x: cell.x + cell.width / 2, y: cell.y + cell.height / 2 + 0.36 * size),
      size: size, alignment: .center, color: color.luminance < 0.3 ? .white : Style.textColor)
  }

  private func drawLabels(
    _ labels: [String], _ place: Place, _ side: Double, on canvas: Canvas
  ) {
    let size = min(Style.tickSize, side)
    for (index, label) in labels.enumerated() {
      let middle = (Double(index) + 0.5) * side
      canvas.text(
        canvas.shortened(label, to: place.labelWidth - 10, size: size),
        at: .init(x: place.grid.x - 6, y: place.grid.y + middle + 3.3), size: size,
        alignment: .trailing)
      canvas.text(
        canvas.shortened(label, to: place.headHeight - 10, size: size),
        at: .init(x: place.grid.x + middle + 3.3, y: place.grid.y - 6), size: size,
        isUpward: true)
    }
  }
}
