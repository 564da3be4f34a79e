package import Figures
package import ImageData

/// Pictures with what is known of them, and the maps of several methods beside each.
package struct GalleryFigure: Figure {
  /// A map of one method.
  package struct Map: Hashable, Sendable {
    /// The method, perhaps with its layer.
    package var name: String

    /// What is written behind the name, such as the value of a metric; may be empty.
    package var note: String

    /// The raw values at the positions of the picture, row by row.
    package var values: [Float]

    package init(name: String, note: String = "", values: [Float]) {
      self.name = name
      self.note = note
      self.values = values
    }
  }

  /// A picture with its maps.
  package struct Row: Sendable {
    /// What it stands for, such as `Best 1`.
    package var name: String

    /// What else should be known, such as the file and the class.
    package var note: String

    /// The picture as the network saw it.
    package var picture: Picture

    /// Which of its pixels belong to what is known, row by row; nil where nothing is.
    package var truth: [Bool]?

    /// The maps from left to right.
    package var maps: [Map]

    package init(
      name: String, note: String = "", picture: Picture, truth: [Bool]? = nil, maps: [Map]
    ) {
      self.name = name
      self.note = note
      self.picture = picture
      self.truth = truth
      self.maps = maps
    }
  }

  /// The pictures from top to bottom.
  package let rows: [Row]

  /// The first line.
  package let title: String

  /// The second, fainter line.
  package let subtitle: String

  /// The colors of maps without negative values.
  package let colorMap: ColorMap

  /// The maps of each row, scaled.
  let maps: [[ScaledMap]]

  /// Creates a figure.
  ///
  /// - Throws: `FigureError` when there are too few or too many pictures or maps, a map or a truth does not
  ///   have as many values as its picture has pixels, or a value is not finite.
  package init(
    rows: [Row], title: String, subtitle: String = "", colorMap: ColorMap = .turbo
  ) throws(FigureError) {
    try FigureCheck.number(rows.count, in: 1...30, "pictures")
    let lines = rows.map { ($0.maps.count - 1) / GalleryDrawing.greatestColumnCount + 1 }
    try FigureCheck.number(lines.reduce(0, +), in: 1...50, "lines of maps")
    var maps: [[ScaledMap]] = []
    for row in rows {
      try FigureCheck.number(row.maps.count, in: 1...60, "maps of \(row.name)")
      let count = row.picture.width * row.picture.height
      try Self.check(row.truth?.count ?? count, count, "\(row.name), truth")
      var scaled: [ScaledMap] = []
      for map in row.maps {
        try Self.check(map.values.count, count, "\(row.name), \(map.name)")
        scaled.append(
          try ScaledMap(map.values, scale: MapScale(fitting: map.values)).saturated())
      }
      maps.append(scaled)
    }
    self.rows = rows
    self.title = title
    self.subtitle = subtitle
    self.colorMap = colorMap
    self.maps = maps
  }

  private static func check(
    _ count: Int, _ wanted: Int, _ name: String
  ) throws(FigureError) {
    guard count == wanted else {
      throw FigureError(.shapeMismatch, "\(name): \(count) values, but \(wanted) are needed")
    }
  }

  package func drawing() -> any Drawing { GalleryDrawing(self) }
}
