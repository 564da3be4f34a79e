/// Bands as shaded intervals behind plots, with labels above them that never touch.
package struct BandMarks: Hashable {
  /// A label with its place.
  package struct Label: Hashable {
    package let text: String
    /// The horizontal extent in points.
    package let left: Double
    package let right: Double
    /// From 0 for the row next to the plot.
    package let row: Int
    /// Where the line down to the band is.
    package let stem: Double
    package let strength: Double
  }

  /// The height of a row of labels.
  package static let rowHeight = 12.5

  /// How many bands without a place others make way for.
  private static let greatestRepairCount = 50

  package let bands: [FigureBand]

  /// The horizontal scale of the plots.
  package let scale: LinearScale

  /// The horizontal extent of the plots.
  package let box: Canvas.Box

  /// The labels that have a place.
  package private(set) var labels: [Label] = []

  /// Places the labels: the strongest bands choose first, and what finds no place is left out.
  ///
  /// - Parameters:
  ///   - bands: What is marked.
  ///   - scale: The horizontal scale of the plots.
  ///   - box: The horizontal extent of the plots.
  ///   - rowCount: The most rows of labels.
  package init(_ bands: [FigureBand], scale: LinearScale, box: Canvas.Box, rowCount: Int = 2) {
    self.bands = bands
    self.scale = scale
    self.box = box
    let widths = Canvas.textWidths(bands.map(\.label), size: Canvas.Style.tickSize)
    var candidates: [[Label]] = []
    for (band, width) in zip(bands, widths) where !band.label.isEmpty {
      if let extent = extent(band) {
        let stem = (extent.left + extent.right) / 2
        candidates.append(places(band, stem: stem, width: width, rowCount: rowCount))
      }
    }
    candidates.sort { abs($0[0].strength) > abs($1[0].strength) }
    labels = Self.placed(candidates)
  }

  /// The height of the rows that are used, zero without labels.
  package var height: Double {
    labels.map(\.row).max().map { Double($0 + 1) * Self.rowHeight + 3 } ?? 0
  }

  /// The part of a band that lies on the axis, in points, at least two wide; nil outside of it.
  package func extent(_ band: FigureBand) -> (left: Double, right: Double)? {
    let ends = [band.lower, band.upper].map { box.x + scale.fraction($0) * box.width }
    let (left, right) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
    guard right >= box.x, left <= box.right else { return nil }
    let (start, end) = (max(box.x, left), min(box.right, right))
    let missing = max(0, 2 - (end - start)) / 2
    return (max(box.x, start - missing), min(box.right, end + missing))
  }

  /// Shades the bands in a plot of the same horizontal extent.
  package func shade(_ plot: Canvas.Box, on canvas: Canvas) {
    for band in bands {
      guard let (left, right) = extent(band) else { continue }
      let part = Canvas.Box(x: left, y: plot.y, width: right - left, height: plot.height)
      let opacity = 0.07 + 0.11 * min(1, abs(band.strength))
      canvas.fill(part, Self.color(band.strength), opacity: opacity)
    }
  }

  /// Writes the labels above a plot.
  package func writeLabels(above y: Double, on canvas: Canvas) {
    for label in labels {
      let base = y - 4 - Double(label.row) * Self.rowHeight
      canvas.line(
        [.init(x: label.stem, y: base + 1.5), .init(x: label.stem, y: y)],
        Canvas.Style.frameColor, width: 0.6)
      canvas.text(
        label.text, at: .init(x: label.left, y: base), size: Canvas.Style.tickSize,
        color: Self.color(label.strength).mixed(with: .black, 0.25))
    }
  }

  // Places.

  /// Where a label may stand, the best place first.
  private func places(
    _ band: FigureBand, stem: Double, width: Double, rowCount: Int
  ) -> [Label] {
    (0..<rowCount).flatMap { row in
      [0.5, 0.25, 0.75, 0.06, 0.94].map { share in
        let left = max(box.x, min(stem - share * width, box.right - width))
        return Label(
          text: band.label, left: left, right: left + width, row: row, stem: stem,
          strength: band.strength)
      }
    }
  }

  /// One place of each label, as far as there are places; labels move aside for later ones.
  private static func placed(_ candidates: [[Label]]) -> [Label] {
    var placed: [(label: Label, others: [Label])] = []
    var repairCount = 0
    for places in candidates {
      let taken = placed.map(\.label)
      if let label = places.first(where: { fits($0, taken) }) {
        placed.append((label, places))
      } else if repairCount < greatestRepairCount {
        repairCount += 1
        move(&placed, for: places)
      }
    }
    return placed.map(\.label)
  }

  /// Moves one label so that another finds a place, when that can be.
  private static func move(
    _ placed: inout [(label: Label, others: [Label])], for places: [Label]
  ) {
    for index in placed.indices {
      var rest = placed.map(\.label)
      rest.remove(at: index)
      for moved in placed[index].others where fits(moved, rest) {
        guard let label = places.first(where: { fits($0, rest + [moved]) }) else { continue }
        placed[index].label = moved
        placed.append((label, places))
        return
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
        return label.right + 9 < other.left || other.right + 9 < label.left
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
