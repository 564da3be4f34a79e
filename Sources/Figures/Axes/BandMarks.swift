/// Bands as shaded intervals behind plots, with labels above them that never touch.
struct BandMarks {
  /// A label with its place.
  struct Label: Hashable {
    let text: String
    /// The horizontal extent in points.
    let left: Double
    let right: Double
    /// From 0 for the row next to the plot.
    let row: Int
    /// Where the line down to the band is.
    let stem: Double
    let strength: Double
  }

  /// The height of a row of labels.
  static let rowHeight = 12.0

  let bands: [FigureBand]

  /// The horizontal scale of the plots.
  let scale: LinearScale

  /// The horizontal extent of the plots.
  let box: Canvas.Box

  /// How many rows of labels there is space for.
  var rowCount = 2

  /// The height of the rows, zero without labels.
  var height: Double {
    bands.contains { !$0.label.isEmpty } ? Double(rowCount) * Self.rowHeight + 2 : 0
  }

  /// The part of a band that lies on the axis, in points, at least two wide; nil outside of it.
  func extent(_ band: FigureBand) -> (left: Double, right: Double)? {
    let ends = [band.lower, band.upper].map { box.x + scale.fraction($0) * box.width }
    let (left, right) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
    guard right >= box.x, left <= box.right else { return nil }
    let (start, end) = (max(box.x, left), min(box.right, right))
    let missing = max(0, 2 - (end - start)) / 2
    return (max(box.x, start - missing), min(box.right, end + missing))
  }

  /// Shades the bands in a plot of the same horizontal extent.
  func shade(_ plot: Canvas.Box, on canvas: Canvas) {
    for band in bands {
      guard let (left, right) = extent(band) else { continue }
      let part = Canvas.Box(x: left, y: plot.y, width: right - left, height: plot.height)
      let opacity = 0.07 + 0.11 * min(1, abs(band.strength))
      canvas.fill(part, Self.color(band.strength), opacity: opacity)
    }
  }

  /// Writes the labels above a plot.
  func writeLabels(above y: Double, on canvas: Canvas) {
    let size = Canvas.Style.tickSize
    for label in labels(width: { canvas.textWidth($0, size: size) }) {
      let base = y - 4 - Double(label.row) * Self.rowHeight
      canvas.line(
        [.init(x: label.stem, y: base + 1.5), .init(x: label.stem, y: y)],
        Canvas.Style.frameColor, width: 0.6)
      canvas.text(
        label.text, at: .init(x: label.left, y: base), size: size,
        color: Self.color(label.strength).mixed(with: .black, 0.25))
    }
  }

  /// Where labels stand: the strongest bands choose first, and what finds no place is left out.
  ///
  /// - Parameter width: The width of a text in points.
  /// - Returns: The labels that have a place.
  func labels(width: (String) -> Double) -> [Label] {
    let order = bands.indices.sorted {
      (-abs(bands[$0].strength), $0) < (-abs(bands[$1].strength), $1)
    }
    var placed: [Label] = []
    for index in order where !bands[index].label.isEmpty {
      guard let (left, right) = extent(bands[index]) else { continue }
      let candidates = candidates(bands[index], stem: (left + right) / 2, width: width)
      if let label = candidates.first(where: { Self.fits($0, placed) }) { placed.append(label) }
    }
    return placed
  }

  private func candidates(
    _ band: FigureBand, stem: Double, width: (String) -> Double
  ) -> [Label] {
    let width = width(band.label)
    return (0..<rowCount).flatMap { row in
      [0.5, 0.15, 0.85].map { share in
        let left = max(box.x, min(stem - share * width, box.right - width))
        return Label(
          text: band.label, left: left, right: left + width, row: row, stem: stem,
          strength: band.strength)
      }
    }
  }

  /// Whether neither texts nor lines of a label touch those of others.
  private static func fits(_ label: Label, _ others: [Label]) -> Bool {
    func isClear(_ stem: Double, of label: Label) -> Bool {
      stem < label.left - 2 || stem > label.right + 2
    }
    return others.allSatisfy { other in
      if label.row == other.row {
        return label.right + 6 < other.left || other.right + 6 < label.left
      }
      let (lower, upper) = label.row < other.row ? (label, other) : (other, label)
      return isClear(upper.stem, of: lower)
    }
  }

  private static func color(_ strength: Double) -> Color {
    if strength == 0 { return Color(gray: 0.35) }
    return strength > 0 ? Palette.positive : Palette.negative
  }
}
