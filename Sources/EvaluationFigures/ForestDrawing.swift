import Figures

/// Where everything in a figure of differences stands, and how it is drawn.
struct ForestDrawing: Drawing {
  /// A row with its middle, in points from the top.
  struct Place: Hashable {
    let row: ForestFigure.Row
    let y: Double
  }

  private static let pitch = 17.0
  private static let headHeight = 21.0
  private static let greatestNameWidth = 230.0

  let figure: ForestFigure

  /// The box of the plot.
  let plot: Canvas.Box

  /// All rows.
  let places: [Place]

  let height: Double

  private typealias Style = Canvas.Style

  /// The names of groups with their base lines.
  private let heads: [(name: String, y: Double)]

  private let scale: LinearScale

  init(_ figure: ForestFigure) {
    self.figure = figure
    let rows = figure.groups.flatMap(\.rows)
    var (places, heads): ([Place], [(name: String, y: Double)]) = ([], [])
    let top = 76.0
    var y = top + 4
    for group in figure.groups {
      if !group.name.isEmpty {
        heads.append((group.name, y + 13))
        y += Self.headHeight
      }
      for row in group.rows {
        places.append(Place(row: row, y: y + Self.pitch / 2))
        y += Self.pitch
      }
      y += 4
    }
    let names =
      (Canvas.textWidths(rows.map(\.name), size: Style.tickSize)
      + Canvas.textWidths(heads.map(\.name), size: Style.tickSize, isBold: true)).max() ?? 0
    let left = Style.margin + min(Self.greatestNameWidth, max(60, names + 1)) + 10
    let numbers = Canvas.textWidths(rows.map(Self.text), size: Style.tickSize).max() ?? 0
    let right = Self.sharedWidth - Style.margin - numbers - 10
    plot = Canvas.Box(x: left, y: top, width: right - left, height: y - top)
    height = plot.bottom + 78
    (self.places, self.heads) = (places, heads)
    let ends = rows.flatMap { row in
      [row.difference] + (row.interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }
    scale = LinearScale(covering: ends + [0], margin: 0.06)
  }

  var texts: [String] {
    [figure.subtitle, axisLabel, sides.left, sides.right, statement] + figure.groups.map(\.name)
      + places.map { "\($0.row.name): \(Self.text($0.row))" }
  }

  private var axisLabel: String { "\(figure.valueLabel): difference from \(figure.reference)" }

  /// What is told above the two sides of zero.
  private var sides: (left: String, right: String) {
    let (better, worse) = ("better than \(figure.reference)", "worse than \(figure.reference)")
    return switch figure.better {
    case .higher: (worse, better)
    case .lower: (better, worse)
    case .neither: ("lower", "higher")
    }
  }

  private var statement: String {
    var parts = ["Filled: the interval does not reach zero; open: it does."]
    if places.allSatisfy({ $0.row.interval == nil }) { parts = [] }
    if places.contains(where: \.row.isControl) { parts.append("Gray: controls.") }
    return parts.joined(separator: " ")
  }

  /// The difference and its interval in numbers.
  static func text(_ row: ForestFigure.Row) -> String {
    let sign = row.difference > 0 ? "+" : ""
    guard let interval = row.interval else { return sign + NumberText.short(row.difference) }
    return sign + NumberText.short(row.difference)
      + " (\(NumberText.short(interval.lowerBound)) to \(NumberText.short(interval.upperBound)))"
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    let frame = PlotFrame(
      box: plot, horizontal: scale, vertical: LinearScale(start: 0, end: 1))
    let columns = scale.ticks(about: 7)
    canvas.plot(frame, columns: columns, rows: []) {
      for head in heads.dropFirst() {
        let y = head.y - 15
        canvas.line(
          [.init(x: plot.x, y: y), .init(x: plot.right, y: y)], Style.gridColor, width: 1)
      }
      canvas.line(
        [.init(x: frame.x(0), y: plot.y), .init(x: frame.x(0), y: plot.bottom)], Color(gray: 0.3),
        width: 1)
      for place in places { drawMark(place, frame, on: canvas) }
    }
    drawTexts(on: canvas)
    drawSides(around: frame.x(0), on: canvas)
    canvas.horizontalAxis(columns, scale, under: plot, label: axisLabel)
    canvas.footnote(
      statement, x: Style.margin, y: plot.bottom + 54, width: width - 2 * Style.margin)
  }

  private func drawMark(_ place: Place, _ frame: PlotFrame, on canvas: Canvas) {
    let color = place.row.isControl ? Color(gray: 0.55) : Palette.category(0)
    let isOpen = place.row.interval?.contains(0) == true
    if let interval = place.row.interval {
      let ends = [interval.lowerBound, interval.upperBound].map(frame.x)
      canvas.line(ends.map { .init(x: $0, y: place.y) }, color, width: 1.6)
      for end in ends {
        canvas.line(
          [.init(x: end, y: place.y - 3.5), .init(x: end, y: place.y + 3.5)], color, width: 1.4)
      }
    }
    let center = Canvas.Point(x: frame.x(place.row.difference), y: place.y)
    canvas.disc(at: center, diameter: 8, color)
    if isOpen { canvas.disc(at: center, diameter: 4.8, .white) }
  }

  private func drawTexts(on canvas: Canvas) {
    let space = plot.x - Style.margin - 10
    for head in heads {
      let lines = canvas.wrapped(
        head.name, to: space, size: Style.tickSize, atMost: 1, at: .name, isBold: true)
      canvas.text(
        lines[0], at: .init(x: Style.margin, y: head.y), size: Style.tickSize, isBold: true)
    }
    for place in places {
      let color = place.row.isControl ? Style.faintTextColor : Style.textColor
      let lines = canvas.wrapped(
        place.row.name, to: space, size: Style.tickSize, atMost: 1, at: .name)
      canvas.text(
        lines[0], at: .init(x: plot.x - 10, y: place.y + 3.3), size: Style.tickSize,
        alignment: .trailing, color: color)
      canvas.text(
        Self.text(place.row), at: .init(x: plot.right + 10, y: place.y + 3.3),
        size: Style.tickSize, color: color)
    }
  }

  /// Says above the plot what its two sides mean.
  private func drawSides(around zero: Double, on canvas: Canvas) {
    let y = plot.y - 8
    let (left, right) = ("← \(sides.left)", "\(sides.right) →")
    // A side that is too narrow for its text borrows from what lies beside the plot.
    let spaces = (left: zero - 8 - Style.margin, right: width - Style.margin - zero - 8)
    for (text, space, x, alignment) in [
      (left, spaces.left, zero - 8, Canvas.Alignment.trailing),
      (right, spaces.right, zero + 8, .leading),
    ] {
      canvas.text(
        canvas.shortened(text, to: space, size: Style.tickSize), at: .init(x: x, y: y),
        size: Style.tickSize, alignment: alignment, color: Style.faintTextColor)
    }
  }
}
