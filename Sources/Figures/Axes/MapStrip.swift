/// A map along one axis as an area above and below zero, with what its heights mean.
struct MapStrip {
  let map: ScaledMap

  /// Where each value lies on the axis.
  let positions: [Double]

  /// The axis.
  let horizontal: LinearScale

  /// The color of a scaled value.
  let color: (Double) -> Color

  private typealias Style = Canvas.Style

  /// Draws the map into a box.
  func draw(on canvas: Canvas, in box: Canvas.Box) {
    let isSigned = map.scale == .signed
    // The map fills all but a little of the box.
    let reach = 1 / 0.92
    let frame = PlotFrame(
      box: box, horizontal: horizontal,
      vertical: LinearScale(start: isSigned ? -reach : 0, end: reach))
    if map.isEmpty {
      canvas.text(
        map.emptyNote, at: .init(x: box.x + box.width / 2, y: box.y + box.height / 2 - 6),
        size: Style.labelSize, alignment: .center, isBold: true)
    } else {
      let values = positions.indices.map(map.scaled)
      for sign in isSigned ? [1.0, -1] : [1.0] {
        canvas.fill(
          frame.area(positions, values, sign: sign), color(isSigned ? sign : 0.88), opacity: 0.85)
      }
    }
    let zero = frame.y(0)
    canvas.line(
      [.init(x: box.x, y: zero), .init(x: box.right, y: zero)], Style.frameColor, width: 0.8)
    let marks =
      isSigned ? [(1.0, "+"), (0, "0"), (-1, "−")] : [(1.0, "max"), (0, "0")]
    canvas.verticalAxis(
      marks.map { LinearScale.Tick(value: $0.0, text: $0.1) }, frame.vertical, beside: box,
      label: "Map")
  }
}
