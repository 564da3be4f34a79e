/// A title and a fainter text below it, in as many lines as they need.
struct Heading: Hashable {
  /// The lines of the title, three at most.
  let title: [String]

  /// The lines below it, three at most.
  let subtitle: [String]

  private typealias Style = Canvas.Style

  fileprivate static let titlePitch = 16.0
  fileprivate static let subtitlePitch = 13.0

  /// Divides texts into lines.
  ///
  /// - Parameters:
  ///   - title: The first text.
  ///   - subtitle: The second one.
  ///   - width: The space for them, in points.
  init(_ title: String, _ subtitle: String, width: Double) {
    var lines = (title: [title], subtitle: [subtitle])
    _ = try? Canvas.picture(width: 1, height: 1, scale: 1) { canvas in
      lines.title = canvas.wrapped(
        title, to: width, size: Style.titleSize, atMost: 3, at: .sentence, isBold: true)
      lines.subtitle = canvas.wrapped(
        subtitle, to: width, size: Style.subtitleSize, atMost: 3, at: .sentence)
    }
    (self.title, self.subtitle) = lines
  }

  /// How much higher it is than one line of each, in points.
  var extraHeight: Double {
    Self.titlePitch * Double(title.count - 1) + Self.subtitlePitch * Double(subtitle.count - 1)
  }
}

extension Canvas {
  /// Writes a heading at the top.
  func draw(_ heading: Heading, x: Double) {
    var y = Style.margin + 11
    for line in heading.title {
      text(line, at: Point(x: x, y: y), size: Style.titleSize, isBold: true)
      y += Heading.titlePitch
    }
    for line in heading.subtitle {
      text(line, at: Point(x: x, y: y), size: Style.subtitleSize, color: Style.faintTextColor)
      y += Heading.subtitlePitch
    }
  }
}
