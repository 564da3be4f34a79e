import Figures

/// Where everything in a figure of confusion matrices stands, and how it is drawn.
struct ConfusionDrawing: Drawing {
  private static let gap = 28.0

  let figure: ConfusionFigure

  /// The box of the cells of each matrix.
  let grids: [Canvas.Box]

  let height: Double

  private typealias Style = Canvas.Style

  /// The space for the names of true classes, with the gap to the cells.
  private let labelWidth: Double

  /// The space for the names of predicted classes, with the gap to the cells.
  private let headHeight: Double

  /// Whether the names of predicted classes run upward.
  private let isUpward: Bool

  init(_ figure: ConfusionFigure) {
    self.figure = figure
    let count = Double(figure.labels.count)
    let acrossCount = figure.matrices.count > 1 && figure.labels.count <= 7 ? 2 : 1
    let space =
      (Self.sharedWidth - 2 * Style.margin - Self.gap * Double(acrossCount - 1))
      / Double(acrossCount)
    let widest = Canvas.textWidths(figure.labels, size: Style.tickSize).max() ?? 0
    let labelWidth = min(110, widest + 12)
    let side = min(84, (space - labelWidth) / count)
    let rowHeight = min(side, max(34, min(48, 420 / count)))
    isUpward = widest > side - 6
    let headHeight = isUpward ? min(110, widest + 12) : 20
    let pitch = 24 + headHeight + rowHeight * count + 26
    grids = figure.matrices.indices.map { index in
      let (row, column) = (index / acrossCount, index % acrossCount)
      return Canvas.Box(
        x: Style.margin + Double(column) * (space + Self.gap) + labelWidth,
        y: 50 + Double(row) * pitch + 24 + headHeight, width: side * count,
        height: rowHeight * count)
    }
    self.labelWidth = labelWidth
    self.headHeight = headHeight
    height = (grids.last?.bottom ?? 0) + 40
  }

  var texts: [String] {
    [figure.subtitle] + figure.labels + figure.matrices.flatMap { [$0.name, Self.note($0)] }
      + [Self.statement]
  }

  private static let statement =
    "Rows: true classes. Columns: predicted classes. Percentages: share of the row; the darker, the larger."

  /// The share of right answers.
  private static func note(_ matrix: ConfusionFigure.Matrix) -> String {
    let total = matrix.counts.joined().reduce(0.0) { $0 + Double($1) }
    let right = matrix.counts.indices.reduce(0.0) { $0 + Double(matrix.counts[$1][$1]) }
    return total > 0 ? "\(percentage(right / total)) right" : "no samples"
  }

  /// Small shares are what matters here; the power lets them be seen.
  private static func color(_ share: Double) -> Color { Palette.shade(0.85 * power(share, 0.6)) }

  /// A share in percent: 100 only for all, 0 only for none.
  static func percentage(_ share: Double) -> String {
    let percent = 100 * share
    if percent > 99.95, share < 1 { return "99.9 %" }
    if percent < 0.05, share > 0 { return "0.1 %" }
    return NumberText.fixed(percent, decimals: share == 0 || share == 1 ? 0 : 1) + " %"
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    for (matrix, grid) in zip(figure.matrices, grids) { draw(matrix, on: canvas, in: grid) }
    canvas.footnote(Self.statement, x: Style.margin, y: height - 14, width: width - 24)
  }

  private func draw(_ matrix: ConfusionFigure.Matrix, on canvas: Canvas, in grid: Canvas.Box) {
    let heading = Canvas.Box(
      x: grid.x - labelWidth, y: grid.y - headHeight, width: max(grid.width + labelWidth, 220),
      height: 0)
    canvas.panelHeading("\(matrix.name): \(Self.note(matrix))", over: heading)
    drawLabels(on: canvas, around: grid)
    let count = Double(figure.labels.count)
    let (cellWidth, cellHeight) = (grid.width / count, grid.height / count)
    for (row, counts) in matrix.counts.enumerated() {
      let total = counts.reduce(0.0) { $0 + Double($1) }
      for (column, value) in counts.enumerated() {
        let cell = Canvas.Box(
          x: grid.x + Double(column) * cellWidth, y: grid.y + Double(row) * cellHeight,
          width: cellWidth, height: cellHeight)
        let share = total > 0 ? Double(value) / total : 0
        canvas.fill(cell, Self.color(share))
        canvas.outline(cell, Style.gridColor, width: 0.7)
        write(value, share, on: canvas, in: cell)
      }
    }
    canvas.outline(grid, Style.frameColor, width: 0.7)
  }

  private func drawLabels(on canvas: Canvas, around grid: Canvas.Box) {
    let count = Double(figure.labels.count)
    let (cellWidth, cellHeight) = (grid.width / count, grid.height / count)
    guard min(cellWidth, cellHeight) >= 10 else { return }
    for (index, label) in figure.labels.enumerated() {
      let y = grid.y + (Double(index) + 0.5) * cellHeight + 3.3
      canvas.text(
        canvas.shortened(label, to: labelWidth - 11, size: Style.tickSize),
        at: .init(x: grid.x - 6, y: y), size: Style.tickSize, alignment: .trailing)
      let x = grid.x + (Double(index) + 0.5) * cellWidth
      let space = isUpward ? headHeight - 11 : cellWidth - 5
      canvas.text(
        canvas.shortened(label, to: space, size: Style.tickSize),
        at: .init(x: isUpward ? x + 3.3 : x, y: grid.y - 6), size: Style.tickSize,
        alignment: isUpward ? .leading : .center, isUpward: isUpward)
    }
  }

  /// Writes the count and, where there is space, the share of the row.
  private func write(_ count: Int, _ share: Double, on canvas: Canvas, in cell: Canvas.Box) {
    let color = Self.color(share).luminance < 0.35 ? Color.white : Style.textColor
    let middle = Canvas.Point(x: cell.x + cell.width / 2, y: cell.y + cell.height / 2)
    let percent = Self.percentage(share)
    let hasPercent =
      count > 0 && cell.height >= 28
      && canvas.textWidth(percent, size: Style.tickSize) <= cell.width - 3
    guard cell.height >= 11, canvas.textWidth("\(count)", size: Style.labelSize) <= cell.width - 2
    else { return }
    canvas.text(
      "\(count)", at: .init(x: middle.x, y: middle.y + (hasPercent ? -1.5 : 3.6)),
      size: Style.labelSize, alignment: .center,
      color: count > 0 ? color : Color(gray: 0.6), isBold: count > 0)
    if hasPercent {
      canvas.text(
        percent, at: .init(x: middle.x, y: middle.y + 11), size: Style.tickSize,
        alignment: .center, color: color)
    }
  }
}
