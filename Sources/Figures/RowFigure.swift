/// Numbers without places, each with a bar for its value in a map.
public struct RowFigure: Figure, Hashable {
  /// The numbers.
  public let numbers: [Float]

  /// What each number is; counted from 1 where nothing is known.
  public let names: [String]

  /// The first line, such as the class and its score.
  public var title: String

  /// The second, fainter line, such as the method and the input.
  public var subtitle: String

  /// What the values of the map are.
  public var valueLabel: String

  let map: ScaledMap

  /// The most numbers that are shown; of more, those with the largest magnitude.
  static let greatestCount = 40

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - numbers: At least one.
  ///   - map: One raw value for every number, all finite.
  ///   - names: What each number is; nil counts them.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  ///   - valueLabel: What the values of the map are.
  /// - Throws: `FigureError` when the counts differ or a value is not finite.
  public init(
    numbers: [Float], map: [Float], names: [String]? = nil, title: String, subtitle: String = "",
    valueLabel: String = "Map value"
  ) throws(FigureError) {
    guard map.count == numbers.count, !numbers.isEmpty else {
      throw FigureError(
        .shapeMismatch, "a map of \(map.count) values does not fit \(numbers.count) numbers")
    }
    self.map = try ScaledMap(map, scale: .signed)
    self.numbers = numbers
    self.names = names ?? numbers.indices.map { "\($0 + 1)" }
    self.title = title
    self.subtitle = subtitle
    self.valueLabel = valueLabel
  }

  /// Decides where everything in the figure stands.
  ///
  /// - Returns: What draws the figure.
  public func drawing() -> any Drawing { RowDrawing(self) }
}

/// Where everything in a figure of numbers stands, and how it is drawn.
struct RowDrawing: Drawing {
  let figure: RowFigure
  let height: Double
  let width = 460.0

  /// The numbers that are shown, in their order.
  private let shown: [Int]

  private typealias Style = Canvas.Style

  private static let pitch = 19.0

  init(_ figure: RowFigure) {
    self.figure = figure
    let values = figure.map.values
    let ranked = values.indices.sorted { (abs(values[$1]), $0) < (abs(values[$0]), $1) }
    shown = ranked.prefix(RowFigure.greatestCount).sorted()
    height = 74 + Self.pitch * Double(shown.count) + 46
  }

  var texts: [String] { [figure.subtitle, figure.valueLabel, note] }

  private var note: String {
    let rest = figure.numbers.count - shown.count
    return (rest > 0 ? "\(rest) smaller ones are left out. " : "") + figure.map.statement
  }

  func draw(on canvas: Canvas) {
    canvas.heading(figure.title, figure.subtitle, x: Style.margin, width: width - 2 * Style.margin)
    let box = Canvas.Box(
      x: 178, y: 74, width: width - 178 - 70, height: Self.pitch * Double(shown.count))
    for (text, x, alignment) in [
      ("Number", 96.0, Canvas.Alignment.trailing), ("Value", 166, .trailing),
      (figure.valueLabel, box.x + box.width / 2, .center),
    ] {
      canvas.text(
        text, at: .init(x: x, y: box.y - 7), size: Style.tickSize, alignment: alignment,
        color: Style.faintTextColor)
    }
    for (line, index) in shown.enumerated() { draw(index, at: line, in: box, on: canvas) }
    let middle = box.x + box.width / 2
    canvas.line(
      [.init(x: middle, y: box.y), .init(x: middle, y: box.bottom)], Style.frameColor, width: 0.8)
    canvas.outline(box, Style.frameColor, width: 0.7)
    canvas.footnote(note, x: Style.margin, y: box.bottom + 20, width: width - 2 * Style.margin)
  }

  private func draw(_ index: Int, at line: Int, in box: Canvas.Box, on canvas: Canvas) {
    let y = box.y + Self.pitch * Double(line)
    let name = canvas.shortened(figure.names[index], to: 84, size: Style.tickSize)
    canvas.text(
      name, at: .init(x: 96, y: y + 13), size: Style.tickSize, alignment: .trailing)
    canvas.text(
      NumberText.short(Double(figure.numbers[index])), at: .init(x: 166, y: y + 13),
      size: Style.tickSize, alignment: .trailing)
    let length = figure.map.scaled(index) * box.width / 2 * 0.96
    let middle = box.x + box.width / 2
    canvas.fill(
      Canvas.Box(
        x: min(middle, middle + length), y: y + 4, width: abs(length), height: Self.pitch - 8),
      length > 0 ? Palette.positive : Palette.negative, opacity: 0.85)
    canvas.text(
      NumberText.short(Double(figure.map.values[index])), at: .init(x: box.right + 6, y: y + 13),
      size: Style.tickSize)
  }
}
