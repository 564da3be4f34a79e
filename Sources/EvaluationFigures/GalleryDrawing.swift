import Figures
import ImageData

/// Where everything in a gallery stands, and how it is drawn.
struct GalleryDrawing: Drawing {
  /// Where one row stands.
  struct Place: Hashable {
    let picture: Canvas.Box
    let maps: [Canvas.Box]
  }

  /// How many maps stand side by side before they are wrapped.
  static let greatestColumnCount = 5
  private static let gap = 8.0

  /// The space above a cell for its name and note.
  private static let captionHeight = 25.0

  let figure: GalleryFigure
  let places: [Place]
  let height: Double

  private typealias Style = Canvas.Style

  init(_ figure: GalleryFigure) {
    self.figure = figure
    let most = figure.rows.map(\.maps.count).max() ?? 1
    let columnCount = min(Self.greatestColumnCount, most)
    let space = Self.sharedWidth - 2 * Style.margin
    let cellWidth = min(168, (space - Self.gap * Double(columnCount)) / Double(columnCount + 1))
    var (places, top): ([Place], Double) = ([], 46)
    for row in figure.rows {
      let shape = Double(row.picture.height) / Double(row.picture.width)
      // Very high pictures are made narrower.
      let width = min(cellWidth, 240 / shape)
      let size = (width: width, height: max(24, width * shape))
      let first = top + 22 + Self.captionHeight
      let pitch = size.height + Self.captionHeight + Self.gap
      let maps = row.maps.indices.map { index in
        Canvas.Box(
          x: Style.margin + Double(1 + index % columnCount) * (cellWidth + Self.gap),
          y: first + Double(index / columnCount) * pitch, width: size.width, height: size.height)
      }
      places.append(
        Place(
          picture: .init(x: Style.margin, y: first, width: size.width, height: size.height),
          maps: maps))
      let lineCount = Double((row.maps.count - 1) / columnCount + 1)
      top = first + lineCount * pitch - Self.captionHeight + 6
    }
    self.places = places
    height = top + 22
  }

  var texts: [String] {
    [figure.subtitle, statement]
      + figure.rows.flatMap { row in
        [row.name, row.note] + row.maps.map { "\($0.name) \($0.note)" }
      }
  }

  private var statement: String {
    let hasTruth = figure.rows.contains { $0.truth != nil }
    let isSigned = figure.maps.joined().contains { $0.scale == .signed }
    let isSaturated = figure.maps.joined().contains(where: \.isSaturated)
    return (hasTruth ? "Outlines: what is known to be the class. " : "")
      + "Each map is divided by its own largest magnitude"
      + (isSaturated ? ", or by what 99.5 % of its values lie below if that is less than half" : "")
      + (isSigned ? "; red speaks for the class and blue against it." : ".")
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    for (index, (row, place)) in zip(figure.rows, places).enumerated() {
      let top = Canvas.Box(
        x: Style.margin, y: place.picture.y - Self.captionHeight, width: width - 2 * Style.margin,
        height: 0)
      canvas.line(
        [.init(x: top.x, y: top.y - 18), .init(x: top.right, y: top.y - 18)], Style.gridColor,
        width: 1)
      canvas.panelHeading(row.name, note: row.note, over: top, lift: 4)
      let outline = row.truth.map {
        RegionOutline(rows: row.picture.height, columns: row.picture.width, isInside: $0)
      }
      draw(row.picture, outline, on: canvas, in: place.picture)
      for (map, (scaled, box)) in zip(row.maps, zip(figure.maps[index], place.maps)) {
        caption(map.name, map.note, over: box, on: canvas)
        let colors = scaled.scale == .signed ? ColorMap.redWhiteBlue : figure.colorMap
        draw(scaled.blended(over: row.picture, colors), outline, on: canvas, in: box)
        if scaled.isEmpty { note(scaled.emptyNote, on: canvas, in: box) }
      }
    }
    canvas.footnote(statement, x: Style.margin, y: height - 14, width: width - 2 * Style.margin)
  }

  private func draw(
    _ picture: Picture, _ outline: RegionOutline?, on canvas: Canvas, in box: Canvas.Box
  ) {
    canvas.image(picture, in: box)
    if let outline { canvas.outline(outline, over: box, width: 0.8) }
    canvas.outline(box, Style.frameColor, width: 0.7)
  }

  /// Writes a name in the first line above a cell and a note in the second.
  private func caption(
    _ name: String, _ note: String, over box: Canvas.Box, on canvas: Canvas
  ) {
    let size = 8.5
    let line = canvas.wrapped(name, to: box.width, size: size, atMost: 1, at: .name)[0]
    canvas.text(
      line, at: .init(x: box.x, y: box.y - (note.isEmpty ? 4 : 14)), size: size)
    canvas.text(
      canvas.shortened(note, to: box.width, size: size), at: .init(x: box.x, y: box.y - 4),
      size: size, color: Style.faintTextColor)
  }

  private func note(_ text: String, on canvas: Canvas, in box: Canvas.Box) {
    let strip = Canvas.Box(x: box.x, y: box.bottom - 16, width: box.width, height: 16)
    canvas.fill(strip, .black, opacity: 0.72)
    canvas.text(
      canvas.shortened(text, to: box.width - 8, size: 8.5),
      at: .init(x: box.x + 4, y: box.bottom - 5), size: 8.5, color: .white)
  }
}
