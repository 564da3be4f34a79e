import CCairo
package import ImageData

/// A drawing surface over Cairo; the only unsafe file of the target.
///
/// Coordinates are in points from the top left. The same calls give a picture or a vector graphic.
/// A failure inside the library is remembered by it and thrown when the drawing ends.
@safe
public final class Canvas {
  /// A corner or an end of a line.
  package struct Point: Hashable {
    package var x: Double
    package var y: Double

    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// A box of points.
  package struct Box: Hashable {
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double

    package init(x: Double, y: Double, width: Double, height: Double) {
      self.x = x
      self.y = y
      self.width = width
      self.height = height
    }

    package var right: Double { x + width }
    package var bottom: Double { y + height }
  }

  /// Where a text lies to its anchor.
  package enum Alignment {
    case leading
    case center
    case trailing
  }

  private let surface: OpaquePointer
  private let context: OpaquePointer

  /// Whether lines lose the points that a vector graphic does not need; pixels get them all.
  private let thinsLines: Bool

  /// Where the library hands the bytes of a vector graphic.
  private final class Sink {
    var bytes: [UInt8] = []
  }

  private init(surface: OpaquePointer, scale: Double, thinsLines: Bool) {
    self.thinsLines = thinsLines
    unsafe self.surface = surface
    unsafe context = cairo_create(surface)
    unsafe cairo_scale(context, scale, scale)
    unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
  }

  deinit {
    unsafe cairo_destroy(context)
    unsafe cairo_surface_destroy(surface)
  }

  /// Draws a picture on white.
  ///
  /// - Parameters:
  ///   - width: Points across.
  ///   - height: Points down.
  ///   - scale: Pixels per point.
  ///   - draw: Makes the drawing.
  /// - Returns: The pixels.
  /// - Throws: `FigureError` when the library fails.
  package static func picture(
    width: Double, height: Double, scale: Double, draw: (Canvas) -> Void
  ) throws(FigureError) -> Picture {
    let columns = Int((width * scale).rounded(.up))
    let rows = Int((height * scale).rounded(.up))
    let surface = unsafe cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, CInt(clamping: columns), CInt(clamping: rows))
    guard let surface = unsafe surface else { throw FigureError(.drawing, "no drawing surface") }
    let canvas = unsafe Canvas(surface: surface, scale: scale, thinsLines: false)
    try canvas.check()
    canvas.fill(Box(x: 0, y: 0, width: width + 1, height: height + 1), .white)
    draw(canvas)
    try canvas.check()
    return try canvas.pixels(columns: columns, rows: rows)
  }

  /// Draws a vector graphic on white.
  ///
  /// - Parameters:
  ///   - width: Points across.
  ///   - height: Points down.
  ///   - draw: Makes the drawing.
  /// - Returns: The bytes of an SVG file.
  /// - Throws: `FigureError` when the library fails.
  package static func scalableGraphic(
    width: Double, height: Double, draw: (Canvas) -> Void
  ) throws(FigureError) -> [UInt8] {
    let sink = Sink()
    let created = unsafe cairo_svg_surface_create_for_stream(
      { closure, data, count in
        guard let closure = unsafe closure, let data = unsafe data else {
          return CAIRO_STATUS_WRITE_ERROR
        }
        let sink = unsafe Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
        unsafe sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
        return CAIRO_STATUS_SUCCESS
      }, Unmanaged.passUnretained(sink).toOpaque(), width, height)
    guard let surface = unsafe created else { throw FigureError(.drawing, "no drawing surface") }
    let canvas = unsafe Canvas(surface: surface, scale: 1, thinsLines: true)
    try canvas.check()
    canvas.fill(Box(x: 0, y: 0, width: width, height: height), .white)
    draw(canvas)
    try canvas.check()
    unsafe cairo_surface_finish(canvas.surface)
    try canvas.check()
    return withExtendedLifetime(canvas) { sink.bytes }
  }

  // Drawing.

  /// Fills a box.
  package func fill(_ box: Box, _ color: Color, opacity: Double = 1) {
    setColor(color, opacity)
    unsafe cairo_rectangle(context, box.x, box.y, box.width, box.height)
    unsafe cairo_fill(context)
  }

  /// Fills a closed outline.
  package func fill(_ points: [Point], _ color: Color, opacity: Double = 1) {
    trace(points)
    setColor(color, opacity)
    unsafe cairo_close_path(context)
    unsafe cairo_fill(context)
  }

  /// Draws the edge of a box.
  package func outline(_ box: Box, _ color: Color, width: Double) {
    setColor(color, 1)
    unsafe cairo_set_line_width(context, width)
    unsafe cairo_rectangle(context, box.x, box.y, box.width, box.height)
    unsafe cairo_stroke(context)
  }

  /// Draws a line through points.
  ///
  /// - Parameters:
  ///   - points: The points in order.
  ///   - color: The color.
  ///   - width: The width in points.
  ///   - opacity: How much of what lies beneath is hidden, 0…1.
  ///   - hasRoundEnds: Whether the line ends in half a disc.
  ///   - dashes: Lengths of strokes and gaps in points, none for a solid line.
  package func line(
    _ points: [Point], _ color: Color, width: Double, opacity: Double = 1,
    hasRoundEnds: Bool = false, dashes: [Double] = []
  ) {
    trace(points)
    setColor(color, opacity)
    unsafe cairo_set_line_width(context, width)
    unsafe cairo_set_line_cap(context, hasRoundEnds ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
    unsafe dashes.withUnsafeBufferPointer { dashes in
      unsafe cairo_set_dash(context, dashes.baseAddress, CInt(dashes.count), 0)
    }
    unsafe cairo_stroke(context)
    unsafe cairo_set_dash(context, nil, 0, 0)
  }

  /// Fills a disc.
  package func disc(at center: Point, diameter: Double, _ color: Color, opacity: Double = 1) {
    setColor(color, opacity)
    unsafe cairo_new_path(context)
    unsafe cairo_arc(context, center.x, center.y, diameter / 2, 0, 2 * Double.pi)
    unsafe cairo_fill(context)
  }

  /// Draws a picture into a box; enlarged pixels are interpolated.
  package func image(_ picture: Picture, in box: Box) {
    let format = unsafe cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, CInt(clamping: picture.width), CInt(clamping: picture.height))
    guard let image = unsafe format, let data = unsafe cairo_image_surface_get_data(image) else {
      return
    }
    defer { unsafe cairo_surface_destroy(image) }
    let rowLength = Int(unsafe cairo_image_surface_get_stride(image))
    var source = 0
    for row in 0..<picture.height {
      let start = unsafe UnsafeMutableRawPointer(data + row * rowLength)
      for column in 0..<picture.width {
        let (red, green, blue) = (
          UInt32(picture.pixels[source]), UInt32(picture.pixels[source + 1]),
          UInt32(picture.pixels[source + 2])
        )
        unsafe start.storeBytes(
          of: red << 16 | green << 8 | blue, toByteOffset: 4 * column, as: UInt32.self)
        source += 3
      }
    }
    unsafe cairo_surface_mark_dirty(image)
    unsafe cairo_save(context)
    unsafe cairo_translate(context, box.x, box.y)
    unsafe cairo_scale(
      context, box.width / Double(picture.width), box.height / Double(picture.height))
    unsafe cairo_set_source_surface(context, image, 0, 0)
    unsafe cairo_pattern_set_extend(cairo_get_source(context), CAIRO_EXTEND_PAD)
    unsafe cairo_rectangle(context, 0, 0, Double(picture.width), Double(picture.height))
    unsafe cairo_fill(context)
    unsafe cairo_restore(context)
  }

  /// Writes one line of text.
  ///
  /// - Parameters:
  ///   - text: What is written.
  ///   - point: Where the base line starts, has its middle, or ends.
  ///   - size: The font size in points.
  ///   - alignment: Which of these.
  ///   - color: The color.
  ///   - isBold: Whether the letters are bold.
  ///   - isUpward: Whether the text runs from the bottom to the top.
  package func text(
    _ text: String, at point: Point, size: Double, alignment: Alignment = .leading,
    color: Color = Color(gray: 0.13), isBold: Bool = false, isUpward: Bool = false
  ) {
    let width = textWidth(text, size: size, isBold: isBold)
    let shift: Double =
      switch alignment {
      case .leading: 0
      case .center: -width / 2
      case .trailing: -width
      }
    setColor(color, 1)
    unsafe cairo_save(context)
    unsafe cairo_translate(context, point.x, point.y)
    if isUpward { unsafe cairo_rotate(context, -Double.pi / 2) }
    unsafe cairo_move_to(context, shift, 0)
    unsafe cairo_show_text(context, text)
    unsafe cairo_restore(context)
  }

  /// How wide a text is, in points.
  package func textWidth(_ text: String, size: Double, isBold: Bool = false) -> Double {
    unsafe cairo_select_font_face(
      context, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
      isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    unsafe cairo_set_font_size(context, size)
    var extents = cairo_text_extents_t()
    unsafe cairo_text_extents(context, text, &extents)
    return extents.x_advance
  }

  /// Draws with everything moved to the right.
  package func moved(right distance: Double, draw: () -> Void) {
    unsafe cairo_save(context)
    unsafe cairo_translate(context, distance, 0)
    draw()
    unsafe cairo_restore(context)
  }

  // The library.

  private func trace(_ points: [Point]) {
    unsafe cairo_new_path(context)
    for point in thinsLines ? Polyline.thinned(points) : points {
      unsafe cairo_line_to(context, point.x, point.y)
    }
  }

  private func setColor(_ color: Color, _ opacity: Double) {
    unsafe cairo_set_source_rgba(context, color.red, color.green, color.blue, opacity)
  }

  private func check() throws(FigureError) {
    for status in unsafe [cairo_surface_status(surface), cairo_status(context)]
    where status != CAIRO_STATUS_SUCCESS {
      let text = unsafe cairo_status_to_string(status).map { unsafe String(cString: $0) }
      throw FigureError(.drawing, "the figure cannot be drawn: \(text ?? "unknown error")")
    }
  }

  private func pixels(columns: Int, rows: Int) throws(FigureError) -> Picture {
    unsafe cairo_surface_flush(surface)
    guard let data = unsafe cairo_image_surface_get_data(surface) else {
      throw FigureError(.drawing, "the figure has no pixels")
    }
    let rowLength = Int(unsafe cairo_image_surface_get_stride(surface))
    let samples = unsafe [UInt8](unsafeUninitializedCapacity: 3 * columns * rows) {
      samples, count in
      guard var target = samples.baseAddress else { return }
      for row in 0..<rows {
        let start = unsafe UnsafeRawPointer(data + row * rowLength)
        for column in 0..<columns {
          let value = unsafe start.load(fromByteOffset: 4 * column, as: UInt32.self)
          unsafe target[0] = UInt8(truncatingIfNeeded: value >> 16)
          unsafe target[1] = UInt8(truncatingIfNeeded: value >> 8)
          unsafe target[2] = UInt8(truncatingIfNeeded: value)
          unsafe target += 3
        }
      }
      count = 3 * columns * rows
    }
    return Picture(width: columns, height: rows, pixels: samples)
  }
}
