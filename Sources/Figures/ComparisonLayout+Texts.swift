import ImageData
import SpectralData

/// The texts of a comparison, the input and the axes.
extension ComparisonLayout {
  /// Adds a line of text, shortened to its box.
  mutating func label(
    _ text: String, in box: Canvas.Box, size: Double, _ canvas: Canvas,
    alignment: Canvas.Alignment = .leading, isBold: Bool = false, isFaint: Bool = false
  ) {
    let text = canvas.shortened(text, to: box.width, size: size, isBold: isBold)
    var tight = box
    tight.width = min(box.width, canvas.textWidth(text, size: size, isBold: isBold))
    switch alignment {
    case .leading: break
    case .center: tight.x += (box.width - tight.width) / 2
    case .trailing: tight.x += box.width - tight.width
    }
    labels.append(
      Label(
        text: text, box: tight, size: size, alignment: alignment, isBold: isBold, isFaint: isFaint))
  }

  /// Places the input and what is written above it.
  mutating func placeInput(
    _ figure: ComparisonFigure, _ canvas: Canvas, width: Double,
    _ cell: (width: Double, height: Double)
  ) {
    let head = Canvas.Box(x: Style.margin, y: Style.margin, width: width, height: 13)
    switch figure.subject {
    case .picture(let picture):
      let name = figure.inputName ?? "Input \(picture.height) × \(picture.width)"
      label(name, in: head, size: Part.headSize, canvas)
      input = Canvas.Box(
        x: Style.margin, y: head.bottom + 2, width: cell.width, height: cell.height)
    case .spectrum(let spectrum):
      label("Input, \(spectrum.axis.count) points", in: head, size: Part.headSize, canvas)
      input = Canvas.Box(x: Style.margin, y: head.bottom + 2, width: width, height: 74)
    }
  }

  /// Places title, statement and color bars; returns where they end.
  mutating func placeTexts(
    _ figure: ComparisonFigure, _ canvas: Canvas, left: Double
  ) -> Double {
    var line = Canvas.Box(
      x: left, y: Style.margin - 1, width: width - Style.margin - left, height: 16)
    label(figure.title, in: line, size: Style.titleSize, canvas, isBold: true)
    line = Canvas.Box(x: left, y: line.bottom + 2, width: line.width, height: 13)
    label(figure.subtitle, in: line, size: Style.subtitleSize, canvas, isFaint: true)
    line = Canvas.Box(x: left, y: line.bottom + 4, width: line.width, height: 12)
    let statement = canvas.wrapped(
      figure.statement, to: line.width, size: Style.tickSize, atMost: 3, at: .sentence)
    for text in statement {
      label(text, in: line, size: Style.tickSize, canvas)
      line.y = line.bottom
    }
    return placeBars(figure, canvas, left: left, top: line.y + 5)
  }

  private mutating func placeBars(
    _ figure: ComparisonFigure, _ canvas: Canvas, left: Double, top: Double
  ) -> Double {
    var x = left
    for scale in figure.scales {
      let bar = Canvas.Box(x: x + 6, y: top, width: 100, height: 8)
      let marks = scale == .signed ? ["−1", "0", "1"] : ["0", "0.5", "1"]
      for (index, mark) in marks.enumerated() {
        let middle = bar.x + bar.width * Double(index) / 2
        rules.append(
          Rule(
            start: .init(x: middle, y: bar.bottom), end: .init(x: middle, y: bar.bottom + 3)))
        label(
          mark, in: .init(x: middle - 15, y: bar.bottom + 3, width: 30, height: 11),
          size: Part.detailSize, canvas, alignment: .center)
      }
      if figure.scales.count > 1 {
        label(
          scale == .signed ? "signed" : "rectified",
          in: .init(x: bar.right + 7, y: bar.y - 2, width: 56, height: 12), size: Part.detailSize,
          canvas, isFaint: true)
      }
      bars.append(bar)
      x = bar.right + 68
    }
    return bars.isEmpty ? top : top + 22
  }

  /// The lines of the names of methods.
  private func headLines(
    _ figure: ComparisonFigure, _ canvas: Canvas, _ width: Double
  ) -> [[String]] {
    figure.methods.map {
      canvas.wrapped(
        $0, to: width, size: Part.headSize, atMost: 4, at: .name, isBold: true)
    }
  }

  /// How high the heads of columns and groups are.
  func headHeight(_ figure: ComparisonFigure, _ canvas: Canvas, _ width: Double) -> Double {
    let lineCount = headLines(figure, canvas, width).map(\.count).max() ?? 1
    return 12 * Double(lineCount) + (figure.targets.count > 1 ? 22 : 0)
  }

  /// Places the names of methods above their columns, and those of targets above these.
  mutating func placeHeads(
    _ figure: ComparisonFigure, _ canvas: Canvas, _ groups: [ComparisonBands.Group],
    _ width: Double, bottom: Double
  ) {
    let heads = headLines(figure, canvas, width)
    let count = heads.map(\.count).max() ?? 1
    for group in groups {
      for (x, method) in zip(group.edges, group.methods) {
        let lines = heads[method]
        for (index, line) in lines.enumerated() {
          let y = bottom - 12 * Double(lines.count - index)
          label(
            line, in: .init(x: x, y: y, width: width, height: 12), size: Part.headSize, canvas,
            alignment: .center, isBold: true)
        }
      }
      guard figure.targets.count > 1, let first = group.edges.first, let last = group.edges.last
      else { continue }
      let box = Canvas.Box(
        x: first, y: bottom - 12 * Double(count) - 20, width: last + width - first, height: 14)
      label(
        figure.targets[group.target], in: box, size: 10.5, canvas, alignment: .center, isBold: true)
      rules.append(
        Rule(
          start: .init(x: box.x, y: box.bottom + 2), end: .init(x: box.right, y: box.bottom + 2)))
    }
  }

  /// Places the name of a layer and the extents of its grid beside its row.
  mutating func placeRowHead(
    _ row: ComparisonFigure.Row, _ canvas: Canvas, in box: Canvas.Box
  ) {
    let count = max(1, min(3, Int(box.height / 12) - 1))
    let lines = canvas.wrapped(
      row.name, to: box.width, size: Part.headSize, atMost: count, at: .name)
    var line = box
    line.height = 12
    line.y += max(0, (box.height - 12 * Double(lines.count + 1)) / 2)
    for text in lines {
      label(text, in: line, size: Part.headSize, canvas, alignment: .trailing)
      line.y = line.bottom
    }
    label(
      row.detail, in: line, size: Part.detailSize, canvas, alignment: .trailing, isFaint: true)
  }

  /// Places ticks under the input and under the last cell of each column, and the name of the axis.
  ///
  /// - Parameters:
  ///   - figure: The figure.
  ///   - canvas: Measures texts.
  ///   - spectrum: Whose axis it is.
  ///   - bands: The boxes of the cells of each band of columns.
  ///   - left: Where the name of the axis begins.
  ///   - right: Where it ends.
  mutating func placeAxes(
    _ figure: ComparisonFigure, _ canvas: Canvas, _ spectrum: Spectrum, _ bands: [[Canvas.Box]],
    left: Double, right: Double
  ) {
    let lowest = bands.flatMap { boxes in
      var lowest: [Double: Canvas.Box] = [:]
      for box in boxes where box.y >= lowest[box.x]?.y ?? 0 { lowest[box.x] = box }
      return lowest.values.sorted { $0.x < $1.x }
    }
    for box in [input] + lowest {
      let trace = SpectrumTrace(
        spectrum: spectrum, map: nil, colorMap: figure.colorMap, box: box)
      for tick in Self.ticks(of: trace, canvas) {
        rules.append(
          Rule(
            start: .init(x: tick.x, y: box.bottom), end: .init(x: tick.x, y: box.bottom + 3)))
        let half = canvas.textWidth(tick.text, size: Part.captionSize) / 2 + 0.5
        // Numbers at the ends stay within their cell.
        let middle = min(max(tick.x, box.x + half), box.right - half)
        label(
          tick.text, in: .init(x: middle - half, y: box.bottom + 4, width: 2 * half, height: 10),
          size: Part.captionSize, canvas, alignment: .center)
      }
    }
    let name = Canvas.Box(x: left, y: height - Style.margin + 18, width: right - left, height: 13)
    label(spectrum.axis.label, in: name, size: Part.headSize, canvas, alignment: .center)
    height = name.bottom + Style.margin
  }

  /// As many round positions as there is space for; the ends of the axis when that is less than two.
  private static func ticks(
    of trace: SpectrumTrace, _ canvas: Canvas
  ) -> [(x: Double, text: String)] {
    for count in stride(from: 8, to: 1, by: -1) {
      let (positions, decimals) = trace.ticks(about: count)
      let ticks = positions.map {
        (x: trace.horizontal($0), text: NumberText.fixed($0, decimals: decimals))
      }.sorted { $0.x < $1.x }
      guard ticks.count > 1 else { break }
      let halves = ticks.map { canvas.textWidth($0.text, size: Part.captionSize) / 2 + 1 }
      let isInside = zip(ticks, halves).allSatisfy {
        $0.x - $1 >= trace.box.x - 3 && $0.x + $1 <= trace.box.right + 3
      }
      let areApart = ticks.indices.dropFirst().allSatisfy {
        ticks[$0].x - halves[$0] > ticks[$0 - 1].x + halves[$0 - 1] + 3
      }
      if isInside, areApart { return ticks }
    }
    let (left, right) = trace.edges
    return [left, right].map {
      (x: trace.horizontal($0), text: NumberText.short($0))
    }
  }
}
