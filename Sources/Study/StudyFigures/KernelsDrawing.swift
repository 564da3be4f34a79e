import Figures

/// Where everything in a figure of kernels stands, and how it is drawn.
struct KernelsDrawing: Drawing {
  private static let columnCount = 4
  private static let frequencyCount = 257

  let figure: KernelsFigure

  /// The boxes of the kernels that are drawn one by one.
  let cells: [Canvas.Box]

  /// The box of the frequency responses.
  let plot: Canvas.Box

  let height: Double

  private typealias Style = Canvas.Style

  init(_ figure: KernelsFigure) {
    self.figure = figure
    let count = min(figure.kernels.count, KernelsFigure.maximumShownCount)
    let (pitch, gap) = (116.0, 12.0)
    let space = Self.sharedWidth - 2 * Style.margin
    let columns = min(count, Self.columnCount)
    let width = (space - gap * Double(columns - 1)) / Double(columns)
    cells = (0..<count).map { index in
      let (row, column) = (index / columns, index % columns)
      return Canvas.Box(
        x: Style.margin + Double(column) * (width + gap), y: 68 + Double(row) * pitch,
        width: width, height: 88)
    }
    let bottom = cells.last?.bottom ?? 68
    plot = Canvas.Box(x: 66, y: bottom + 40, width: 678, height: 180)
    height = plot.bottom + 76
  }

  var texts: [String] {
    [figure.subtitle] + figure.kernels.prefix(cells.count).map(\.title)
      + ["Frequency responses", "Frequency (cycles per point)", statement]
  }

  /// What is said about scales and colors.
  private var statement: String {
    var parts: [String] = []
    if figure.kernels.count > cells.count {
      parts.append("\(cells.count) of \(figure.kernels.count) kernels are drawn one by one.")
    }
    if figure.kernels.prefix(cells.count).contains(where: { $0.reference != nil }) {
      parts.append("Dark lines: the nearest known filter, scaled to fit.")
    }
    parts.append(
      "Every kernel has a scale of its own. Responses are divided by their maximum; its place gives "
        + "the color of the kernel.")
    return parts.joined(separator: " ")
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    let shapes = figure.kernels.map {
      FrequencyResponse.shape($0.weights, count: Self.frequencyCount)
    }
    for ((kernel, shape), box) in zip(zip(figure.kernels, shapes), cells) {
      draw(kernel, Self.color(shape), on: canvas, in: box)
    }
    drawResponses(shapes, on: canvas)
    canvas.footnote(statement, x: plot.x, y: plot.bottom + 50, width: plot.width)
  }

  /// The color of a response: dark blue when slow changes pass best, orange for fast ones.
  private static func color(_ shape: [Double]) -> Color {
    let peak = shape.indices.max { shape[$0] < shape[$1] } ?? 0
    // Most kernels respond to slow changes; the root tells these apart.
    return Palette.step((Double(peak) / Double(frequencyCount - 1)).squareRoot())
  }

  /// Draws weights as stems with the reference as a line.
  private func draw(
    _ kernel: KernelsFigure.Kernel, _ color: Color, on canvas: Canvas, in box: Canvas.Box
  ) {
    let reference = Self.fitted(kernel.reference, to: kernel.weights)
    let count = kernel.weights.count
    let frame = PlotFrame(
      box: box, horizontal: LinearScale(start: -0.8, end: Double(count) - 0.2),
      vertical: LinearScale(covering: kernel.weights + reference + [0], margin: 0.1))
    canvas.panelHeading(kernel.title, over: box, lift: 5)
    let zero = frame.y(0)
    canvas.line(
      [.init(x: box.x, y: zero), .init(x: box.right, y: zero)], Color(gray: 0.75), width: 0.7)
    let pitch = box.width / (Double(count) + 0.6)
    for (index, weight) in kernel.weights.enumerated() {
      let tip = frame.point(Double(index), weight)
      canvas.line(
        [.init(x: tip.x, y: zero), tip], color, width: max(0.8, min(2, 0.3 * pitch)), opacity: 0.8)
      canvas.disc(at: tip, diameter: max(1.5, min(5, 0.7 * pitch)), color)
    }
    canvas.line(
      frame.line(reference.indices.map(Double.init), reference), Color(gray: 0.15), width: 1.2,
      opacity: 0.85)
    canvas.outline(box, Color(gray: 0.75), width: 0.7)
  }

  /// The multiple of a filter that lies nearest to a kernel.
  static func fitted(_ reference: [Double]?, to weights: [Double]) -> [Double] {
    guard let reference else { return [] }
    let square = reference.reduce(0) { $0 + $1 * $1 }
    let product = zip(reference, weights).reduce(0) { $0 + $1.0 * $1.1 }
    return reference.map { square > 0 ? $0 * product / square : 0 }
  }

  private func drawResponses(_ shapes: [[Double]], on canvas: Canvas) {
    let frame = PlotFrame(
      box: plot, horizontal: LinearScale(start: 0, end: 0.5),
      vertical: LinearScale(start: 0, end: 1.05))
    let (columns, rows) = (frame.horizontal.ticks(about: 5), frame.vertical.compactTicks(about: 5))
    let frequencies = (0..<Self.frequencyCount).map {
      0.5 * Double($0) / Double(Self.frequencyCount - 1)
    }
    canvas.panelHeading(
      "Frequency responses", note: "all \(shapes.count) kernels", over: plot)
    canvas.plot(frame, columns: columns, rows: rows) {
      for (index, shape) in shapes.enumerated().reversed() {
        let isShown = index < cells.count
        canvas.line(
          frame.line(frequencies, shape), isShown ? Self.color(shape) : Color(gray: 0.7),
          width: isShown ? 1.4 : 0.8, opacity: 0.8)
      }
    }
    canvas.horizontalAxis(
      columns, frame.horizontal, under: plot, label: "Frequency (cycles per point)")
    canvas.verticalAxis(rows, frame.vertical, beside: plot, label: "Share of the largest response")
  }
}
