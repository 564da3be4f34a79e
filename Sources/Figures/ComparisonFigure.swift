public import ImageData
public import SpectralData
public import TensorCore

/// Maps of one input side by side: methods across, layers down, a group of columns for each target.
///
/// What maps are divided by is written on the figure, and above each its own largest magnitude.
public struct ComparisonFigure: Figure {
  /// What the maps are drawn on.
  public enum Subject: Sendable {
    /// A picture as the network saw it.
    case picture(Picture)
    /// A spectrum in the units in which it is to be shown.
    case spectrum(Spectrum)
  }

  /// What the maps are divided by.
  public enum Division: String, Codable, Hashable, Sendable, CaseIterable {
    /// Each map by its own largest magnitude.
    case cell
    /// All maps of a method by the largest magnitude among them.
    case shared
  }

  /// What stands at the left of a row.
  public struct Row: Hashable, Sendable {
    /// The layer, or the input.
    public let name: String

    /// The extents of its grid.
    public let detail: String

    /// Creates a head.
    public init(name: String, detail: String) {
      self.name = name
      self.detail = detail
    }
  }

  /// One map and where it stands.
  public struct Cell: Sendable {
    /// The index of the target.
    public let target: Int

    /// The index of the method.
    public let method: Int

    /// The index of the row.
    public let row: Int

    /// The raw values on the grid of the layer.
    public let values: [Float]

    /// The same at the positions of the input; made when the cell is drawn.
    public let aligned: @Sendable () -> Tensor

    /// Creates a cell.
    ///
    /// - Parameters:
    ///   - target: The index of the target.
    ///   - method: The index of the method.
    ///   - row: The index of the row.
    ///   - values: The raw values on the grid of the layer.
    ///   - aligned: Makes the same at the positions of the input, `[positions…]`.
    public init(
      target: Int, method: Int, row: Int, values: [Float],
      aligned: @escaping @Sendable () -> Tensor
    ) {
      self.target = target
      self.method = method
      self.row = row
      self.values = values
      self.aligned = aligned
    }
  }

  /// The largest number of rows that fit into one picture.
  public static let maximumRowCount = 200

  /// The largest number of columns that fit into one picture.
  public static let maximumColumnCount = 100

  /// What the maps are drawn on.
  public let subject: Subject

  /// What the input is called; nil for the extents of the subject.
  public var inputName: String?

  /// The first line, such as the classes and their scores.
  public let title: String

  /// The second, fainter line, such as the network and the file.
  public let subtitle: String

  /// The names of the targets; written above their columns when there are several.
  public let targets: [String]

  /// The names of the methods.
  public let methods: [String]

  /// The heads of the rows.
  public let rows: [Row]

  /// What the maps are divided by.
  public let division: Division

  /// The colors of maps without negative values.
  public let colorMap: ColorMap

  /// The cells with their maps scaled; places without a cell stay blank.
  let cells: [(cell: Cell, map: ScaledMap)]

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - subject: What the maps are drawn on.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  ///   - targets: The names of the targets, at least one.
  ///   - methods: The names of the methods, at least one.
  ///   - rows: The heads of the rows, at least one.
  ///   - cells: The maps; at most one at each place.
  ///   - division: What they are divided by.
  ///   - colorMap: The colors of maps without negative values; maps of a method that has negative
  ///     ones are drawn red, white and blue.
  /// - Throws: `FigureError` when a value is not finite, or there are too many rows or columns.
  public init(
    subject: Subject, title: String, subtitle: String = "", targets: [String], methods: [String],
    rows: [Row], cells: [Cell], division: Division = .cell, colorMap: ColorMap = .turbo
  ) throws(FigureError) {
    precondition(!targets.isEmpty && !methods.isEmpty && !rows.isEmpty, "something to compare")
    precondition(
      cells.allSatisfy {
        targets.indices.contains($0.target) && methods.indices.contains($0.method)
          && rows.indices.contains($0.row)
      }, "every cell has a place")
    try Self.check(rowCount: rows.count, columnCount: targets.count * methods.count)
    self.subject = subject
    self.title = title
    self.subtitle = subtitle
    self.targets = targets
    self.methods = methods
    self.rows = rows
    self.division = division
    self.colorMap = colorMap
    var scaled: [(Cell, ScaledMap)] = []
    for method in methods.indices {
      scaled += try Self.scaled(cells.filter { $0.method == method }, division, on: subject)
    }
    self.cells = scaled
  }

  /// Throws when a figure would be too large to draw.
  ///
  /// - Parameters:
  ///   - rowCount: How many rows there would be.
  ///   - columnCount: How many columns.
  /// - Throws: `FigureError` naming the limit.
  public static func check(rowCount: Int, columnCount: Int) throws(FigureError) {
    guard rowCount <= maximumRowCount, columnCount <= maximumColumnCount else {
      throw FigureError(
        .tooLarge,
        "\(rowCount) rows and \(columnCount) columns do not fit into one picture; it holds "
          + "\(maximumRowCount) rows and \(maximumColumnCount) columns")
    }
  }

  /// The maps of one method on scales of one kind.
  private static func scaled(
    _ cells: [Cell], _ division: Division, on subject: Subject
  ) throws(FigureError) -> [(Cell, ScaledMap)] {
    let isSigned = cells.contains { MapScale(fitting: $0.values) == .signed }
    let scale = isSigned ? MapScale.signed : .positive
    var maps: [(Cell, ScaledMap)] = []
    for cell in cells {
      let map = try ScaledMap(cell.values, scale: scale)
      if case .picture = subject {
        maps.append((cell, map.saturated()))
      } else {
        maps.append((cell, map))
      }
    }
    guard division == .shared else { return maps }
    let divisor = maps.map(\.1.divisor).max() ?? 0
    return maps.map { ($0.0, $0.1.divided(by: divisor)) }
  }

  /// Decides where everything in the figure stands.
  ///
  /// - Returns: What draws the figure.
  /// - Throws: `FigureError` when the drawing library fails.
  public func drawing() throws(FigureError) -> any Drawing {
    ComparisonDrawing(figure: self, layout: try layout())
  }

  /// Where everything stands; texts are measured on a canvas that is thrown away.
  func layout() throws(FigureError) -> ComparisonLayout {
    var layout = ComparisonLayout()
    _ = try Canvas.picture(width: 1, height: 1, scale: 2) { canvas in
      layout = ComparisonLayout(self, canvas)
    }
    return layout
  }

  /// How the maps are scaled.
  var statement: String {
    let isSaturated = cells.contains(where: \.map.isSaturated)
    let limit = isSaturated ? " \(Self.limitStatement)" : ""
    return switch division {
    case .cell: "Each map is divided by its own largest magnitude, which stands above it.\(limit)"
    case .shared:
      "The maps of each method are divided by the largest magnitude among them; that of each map "
        + "stands above it.\(limit)"
    }
  }

  private static let limitStatement =
    "Where two numbers stand, colors end at the first, below which at least 99.5 % of the values lie."

  /// The kinds of scales in use.
  var scales: [MapScale] {
    MapScale.allCases.filter { scale in cells.contains { $0.map.scale == scale } }
  }

  /// The color of a value on a scale, as cells show it.
  func color(_ value: Double, _ scale: MapScale) -> Color {
    switch subject {
    case .picture: (scale == .signed ? ColorMap.redWhiteBlue : colorMap).color(value)
    case .spectrum: SpectrumTrace.color(value, scale, colorMap)
    }
  }
}
