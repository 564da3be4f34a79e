package import SpectralData

/// A sample that was measured place by place: what a network says at each place, and beside it the mean
/// evidence for each class.
package struct SampleMapFigure: Figure {
  /// Cells in rows and columns, and where they lie.
  package struct Grid: Hashable, Sendable {
    /// How many rows and columns.
    package let rowCount: Int
    package let columnCount: Int

    /// The centers of the first and the last column, from left to right.
    package let across: (first: Double, last: Double)

    /// The centers of the first and the last row, from top to bottom.
    package let down: (first: Double, last: Double)

    /// What both are measured in, such as `µm`; nil where it is not known.
    package let unit: String?

    /// Describes a grid of at least two rows and columns.
    package init(
      rowCount: Int, columnCount: Int, across: (first: Double, last: Double),
      down: (first: Double, last: Double), unit: String?
    ) {
      self.rowCount = rowCount
      self.columnCount = columnCount
      self.across = across
      self.down = down
      self.unit = unit
    }

    package static func == (one: Grid, other: Grid) -> Bool {
      one.rowCount == other.rowCount && one.columnCount == other.columnCount
        && one.across == other.across && one.down == other.down && one.unit == other.unit
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine([rowCount, columnCount])
      hasher.combine([across.first, across.last, down.first, down.last])
      hasher.combine(unit)
    }

    /// The distance of neighbors across and down, with a sign.
    var step: (across: Double, down: Double) {
      (
        (across.last - across.first) / Double(max(1, columnCount - 1)),
        (down.last - down.first) / Double(max(1, rowCount - 1))
      )
    }
  }

  /// What is said at every cell, row by row; nil where nothing was measured.
  package enum Cells: Hashable, Sendable {
    /// The class, an index of `names`.
    case classes([Int?], names: [String])
    /// A measured value, and what it is.
    case values([Float?], name: String)
  }

  /// The mean evidence of some spectra.
  package struct Panel: Hashable, Sendable {
    /// The class.
    package let name: String

    /// What stands behind the name.
    package let note: String

    /// The index of the class, for its color; nil for none.
    package let classIndex: Int?

    /// The mean spectrum and the mean map, one value per position each.
    package let spectrum: [Float]
    package let map: [Float]

    /// Describes a panel.
    package init(
      name: String, note: String, classIndex: Int?, spectrum: [Float], map: [Float]
    ) {
      self.name = name
      self.note = note
      self.classIndex = classIndex
      self.spectrum = spectrum
      self.map = map
    }
  }

  /// How many panels are drawn at most.
  package static let greatestPanelCount = 6

  /// How many classes have a color and a line of the legend of their own.
  static let greatestClassCount = Palette.categories.count

  package let title: String

  /// The second, fainter line.
  package let subtitle: String

  /// Where the cells lie.
  package let grid: Grid

  /// What is said at each.
  package let cells: Cells

  /// The positions of the spectra.
  package let axis: SpectralAxis

  /// The classes with their mean evidence.
  package let panels: [Panel]

  /// The colors of measured values.
  package let colorMap: ColorMap

  /// What the values of maps are.
  package let valueLabel: String

  /// Creates a figure.
  ///
  /// - Throws: `FigureError` when counts differ or a value is not finite.
  package init(
    title: String, subtitle: String, grid: Grid, cells: Cells, axis: SpectralAxis,
    panels: [Panel], colorMap: ColorMap = .turbo, valueLabel: String
  ) throws(FigureError) {
    let count =
      switch cells {
      case .classes(let cells, _): cells.count
      case .values(let cells, _): cells.count
      }
    guard count == grid.rowCount * grid.columnCount, count > 0 else {
      throw FigureError(
        .shapeMismatch, "\(count) cells are no \(grid.rowCount) × \(grid.columnCount)")
    }
    if case .values(let values, let name) = cells {
      try FigureCheck.finite(values.compactMap { $0.map(Double.init) }, name)
    }
    for panel in panels {
      try FigureCheck.values(panel.spectrum.map(Double.init), axis.count, panel.name)
      try FigureCheck.values(panel.map.map(Double.init), axis.count, panel.name)
    }
    self.title = title
    self.subtitle = subtitle
    self.grid = grid
    self.cells = cells
    self.axis = axis
    self.panels = Array(panels.prefix(Self.greatestPanelCount))
    self.colorMap = colorMap
    self.valueLabel = valueLabel
  }

  /// Decides where everything stands.
  package func drawing() -> any Drawing { SampleMapDrawing(self) }

  /// The color of a class; those after the last color share a gray.
  static func color(_ index: Int) -> Color {
    index < greatestClassCount ? Palette.category(index) : Color(gray: 0.62)
  }
}
