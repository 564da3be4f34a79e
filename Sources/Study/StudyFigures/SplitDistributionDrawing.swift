import Figures

/// Where everything in a figure of distributions stands, and how it is drawn.
struct SplitDistributionDrawing: Drawing {
  private static let rowHeight = 124.0
  private static let dotHeight = 70.0

  let figure: SplitDistributionFigure

  /// The box of the models.
  let models: Canvas.Box

  /// The box of the differences, nil when there are none.
  let differences: Canvas.Box?

  let height: Double

  private typealias Style = Canvas.Style
  private typealias Row = SplitDistributionFigure.Row

  init(_ figure: SplitDistributionFigure) {
    self.figure = figure
    let width = Self.sharedWidth - 48
    models = Canvas.Box(
      x: 24, y: 54, width: width, height: Self.rowHeight * Double(figure.models.count))
    let count = Double(figure.differences.count)
    differences =
      count == 0
      ? nil
      : Canvas.Box(x: 24, y: models.bottom + 68, width: width, height: Self.rowHeight * count)
    height = (differences ?? models).bottom + 66
  }

  var texts: [String] {
    [figure.subtitle, figure.valueLabel]
      + (figure.models + figure.differences).flatMap { [$0.name, note($0)] } + [statement]
  }

  private var statement: String {
    let hasInterval = (figure.models + figure.differences).contains { $0.interval != nil }
    return "One dot per split; numbers count the dots of a stack. Below: the mean"
      + (hasInterval ? " with its confidence interval." : ".")
  }

  private func note(_ row: SplitDistributionFigure.Row) -> String {
    var note = "mean \(NumberText.short(row.mean))"
    if let interval = row.interval {
      note +=
        " (\(NumberText.short(interval.lowerBound)) to \(NumberText.short(interval.upperBound)))"
    }
    return note + ", \(row.values.count) split\(row.values.count == 1 ? "" : "s")"
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    draw(figure.models, isDifference: false, on: canvas, in: models)
    if let differences {
      canvas.panelHeading("Differences on the same splits", over: differences, lift: 8)
      draw(figure.differences, isDifference: true, on: canvas, in: differences)
    }
    canvas.footnote(
      statement, x: models.x, y: (differences ?? models).bottom + 52, width: models.width)
  }

  /// The scale of some rows; differences show zero.
  private func scale(
    _ rows: [SplitDistributionFigure.Row], isDifference: Bool
  ) -> LinearScale {
    let ends = rows.flatMap { row in
      row.values + (row.interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }
    if isDifference { return LinearScale(covering: ends + [0], margin: 0.07) }
    let scale = LinearScale(covering: ends, margin: 0.07)
    guard let limits = figure.limits else { return scale }
    // Beyond the limits there is only space for half a stack.
    let (low, high) = (max(scale.start, limits.lowerBound), min(scale.end, limits.upperBound))
    guard low < high else { return scale }
    let margin = 0.07 * (high - low)
    return LinearScale(
      start: max(scale.start, limits.lowerBound - margin),
      end: min(scale.end, limits.upperBound + margin))
  }

  private func ticks(
    _ scale: LinearScale, isDifference: Bool
  ) -> [LinearScale.Tick] {
    guard !isDifference, let limits = figure.limits else { return scale.ticks(about: 8) }
    return scale.ticks(about: 8).filter {
      limits.lowerBound - 1e-9 <= $0.value && $0.value <= limits.upperBound + 1e-9
    }
  }

  /// Draws rows of dots with their axis.
  private func draw(
    _ rows: [SplitDistributionFigure.Row], isDifference: Bool, on canvas: Canvas,
    in box: Canvas.Box
  ) {
    let scale = scale(rows, isDifference: isDifference)
    let columns = ticks(scale, isDifference: isDifference)
    let frame = PlotFrame(
      box: box, horizontal: scale, vertical: LinearScale(start: 0, end: 1))
    let stacks = DotStacks.rows(
      rows.map { $0.values.map(frame.x) }, height: Self.dotHeight)
    canvas.plot(frame, columns: columns, rows: []) {
      if isDifference {
        canvas.line(
          [.init(x: frame.x(0), y: box.y), .init(x: frame.x(0), y: box.bottom)],
          Color(gray: 0.3), width: 1)
      }
      for (index, (row, stacks)) in zip(rows, stacks).enumerated() {
        let top = box.y + Double(index) * Self.rowHeight
        if index > 0 {
          canvas.line(
            [.init(x: box.x, y: top), .init(x: box.right, y: top)], Style.gridColor, width: 1)
        }
        let color = isDifference ? Color(gray: 0.35) : Palette.category(index)
        draw(row, stacks, frame, color, top: top, on: canvas)
      }
    }
    canvas.horizontalAxis(
      columns, scale, under: box, label: isDifference ? "Difference" : figure.valueLabel)
  }

  private func draw(
    _ row: SplitDistributionFigure.Row, _ stacks: DotStacks, _ frame: PlotFrame, _ color: Color,
    top: Double, on canvas: Canvas
  ) {
    let inner = Canvas.Box(
      x: frame.box.x + 8, y: top + 20, width: frame.box.width - 16, height: 10)
    canvas.panelHeading(row.name, note: note(row), over: inner)
    let base = top + Self.rowHeight - 22
    canvas.line(
      [.init(x: frame.box.x, y: base), .init(x: frame.box.right, y: base)], Color(gray: 0.6),
      width: 0.7)
    for stack in stacks.stacks {
      let dots = stacks.dots(stack, base: base, height: Self.dotHeight)
      for dot in dots { canvas.disc(at: dot, diameter: stacks.pitch * 0.86, color, opacity: 0.85) }
    }
    if stacks.isExact { writeCounts(stacks, base: base, on: canvas) }
    let middle = base + 11
    if let interval = row.interval {
      let ends = [interval.lowerBound, interval.upperBound].map { frame.x($0) }
      canvas.line(ends.map { .init(x: $0, y: middle) }, Style.textColor, width: 2)
      for end in ends {
        canvas.line(
          [.init(x: end, y: middle - 4), .init(x: end, y: middle + 4)], Style.textColor, width: 1.4)
      }
    }
    canvas.disc(at: .init(x: frame.x(row.mean), y: middle), diameter: 8, .white)
    canvas.disc(at: .init(x: frame.x(row.mean), y: middle), diameter: 6.5, color)
  }

  /// Writes how many dots a stack has, where there is space.
  private func writeCounts(_ stacks: DotStacks, base: Double, on canvas: Canvas) {
    var end = -Double.infinity
    for stack in stacks.stacks where stack.count > 1 {
      let half = canvas.textWidth("\(stack.count)", size: Style.tickSize) / 2
      guard stack.center - half > end + 3 else { continue }
      let top = stacks.dots(stack, base: base, height: Self.dotHeight).map(\.y).min() ?? base
      canvas.fill(
        Canvas.Box(
          x: stack.center - half - 1, y: top - stacks.pitch / 2 - 10, width: 2 * half + 2,
          height: 9.5), .white)
      canvas.text(
        "\(stack.count)", at: .init(x: stack.center, y: top - stacks.pitch / 2 - 2),
        size: Style.tickSize, alignment: .center, color: Style.faintTextColor)
      end = stack.center + half
    }
  }
}
