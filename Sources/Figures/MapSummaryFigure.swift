package import SpectralData

/// Many maps on one axis: the mean map of each group with its deviation, on the mean spectrum, and
/// all maps as one picture, a line for each.
package struct MapSummaryFigure: Figure {
  /// Maps of one class.
  package struct Group: Hashable, Sendable {
    /// The class.
    package let name: String

    /// What stands behind the name, such as how many spectra there are.
    package let detail: String

    /// The mean spectrum, one value per position.
    package let meanSpectrum: [Float]

    /// The mean map, one value per position.
    package let meanMap: [Float]

    /// How far maps lie from it, one value per position.
    package let deviation: [Float]

    /// All maps, in the order in which they are drawn; of many, the means of neighbors.
    package let maps: [[Float]]

    /// How many maps there are.
    package let count: Int

    /// Creates a group.
    ///
    /// - Parameters:
    ///   - name: The class.
    ///   - detail: What stands behind the name.
    ///   - meanSpectrum: One value per position.
    ///   - meanMap: One value per position.
    ///   - deviation: One value per position.
    ///   - maps: At least one, one value per position each; of many, the means of neighbors.
    ///   - count: How many maps there are; nil for as many as are given.
    package init(
      name: String, detail: String, meanSpectrum: [Float], meanMap: [Float], deviation: [Float],
      maps: [[Float]], count: Int? = nil
    ) {
      self.name = name
      self.detail = detail
      self.meanSpectrum = meanSpectrum
      self.meanMap = meanMap
      self.deviation = deviation
      self.maps = maps
      self.count = count ?? maps.count
    }
  }

  /// How many groups get a panel of their own; of more, the largest do.
  package static let greatestPanelCount = 8

  /// The positions.
  package let axis: SpectralAxis

  /// The groups in the order in which they are drawn.
  package let groups: [Group]

  /// The colors of maps without negative values.
  package let colorMap: ColorMap

  /// The first line.
  package let title: String

  /// The second, fainter line, such as method, layer and network.
  package let subtitle: String

  /// What the values of maps are.
  package let valueLabel: String

  /// In which order the maps of a group are, if that says something.
  package let orderNote: String

  /// Whether the maps have signs.
  let scale: MapScale

  /// The groups that get a panel: the mean spectrum and the mean map, all divided alike.
  let panels: [(group: Group, spectrum: Spectrum, map: ScaledMap)]

  /// What strips of means reach to: the largest mean with its deviation.
  let reach: Double

  /// The range of all maps, with what colors of the picture end at.
  let range: ScaledMap

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - axis: The positions.
  ///   - groups: At least one.
  ///   - colorMap: The colors of maps without negative values; signed ones are red, white and blue.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  ///   - valueLabel: What the values of maps are.
  ///   - orderNote: In which order the maps of a group are, if that says something.
  /// - Throws: `FigureError` when the counts differ or a value is not finite.
  package init(
    axis: SpectralAxis, groups: [Group], colorMap: ColorMap = .turbo, title: String,
    subtitle: String = "", valueLabel: String = "Map value", orderNote: String = ""
  ) throws(FigureError) {
    try Self.check(groups, axis)
    let (lowest, highest) = try Self.range(groups)
    scale = MapScale(fitting: [lowest, highest])
    self.axis = axis
    self.groups = groups
    self.colorMap = scale == .signed ? .redWhiteBlue : colorMap
    self.title = title
    self.subtitle = subtitle
    self.valueLabel = valueLabel
    self.orderNote = orderNote
    range = try ScaledMap([lowest, highest], scale: scale).divided(by: Self.limit(groups, scale))
    let chosen = Self.chosen(groups)
    var maps: [ScaledMap] = []
    for group in chosen { maps.append(try ScaledMap(group.meanMap, scale: scale)) }
    let divisor = maps.map(\.magnitude).max() ?? 0
    var panels: [(group: Group, spectrum: Spectrum, map: ScaledMap)] = []
    for (group, map) in zip(chosen, maps) {
      guard let spectrum = try? Spectrum(axis: axis, intensities: group.meanSpectrum) else {
        throw FigureError(.notFinite, "the mean spectrum of \(group.name) is not finite")
      }
      panels.append((group, spectrum, map.divided(by: divisor)))
    }
    self.panels = panels
    reach =
      chosen.flatMap { group in
        zip(group.meanMap, group.deviation).map { abs(Double($0)) + Double($1) }
      }.max() ?? 0
  }

  private static func check(_ groups: [Group], _ axis: SpectralAxis) throws(FigureError) {
    for group in groups {
      for values in [group.meanSpectrum, group.meanMap, group.deviation] + group.maps {
        guard values.count == axis.count else {
          throw FigureError(
            .shapeMismatch, "\(values.count) values do not fit \(axis.count) positions")
        }
      }
    }
    guard !groups.isEmpty, groups.allSatisfy({ !$0.maps.isEmpty }) else {
      throw FigureError(.shapeMismatch, "a summary needs at least one group of at least one map")
    }
  }

  /// The smallest and the largest value of all maps.
  private static func range(_ groups: [Group]) throws(FigureError) -> (Float, Float) {
    var (low, high) = (Float.infinity, -Float.infinity)
    for map in groups.flatMap(\.maps) {
      guard let least = map.min(), let most = map.max(), map.allSatisfy(\.isFinite) else {
        throw FigureError(.notFinite, "a map holds a value that is not finite; it cannot be drawn")
      }
      (low, high) = (min(low, least), max(high, most))
    }
    return (low, high)
  }

  /// The magnitude below which 99.5 % of the values lie, or the largest if that is zero.
  private static func limit(_ groups: [Group], _ scale: MapScale) -> Float {
    let maps = groups.flatMap(\.maps)
    let step = max(1, maps.count * maps[0].count / 100_000)
    var values: [Float] = []
    var index = 0
    for map in maps {
      while index < map.count {
        values.append(scale == .positive ? max(0, map[index]) : abs(map[index]))
        index += step
      }
      index -= map.count
    }
    values.sort()
    let limit = values[min(values.count - 1, values.count * 995 / 1000)]
    if limit > 0 { return limit }
    return maps.joined().reduce(0) { max($0, scale == .positive ? $1 : abs($1)) }
  }

  /// The largest groups, in the order given.
  private static func chosen(_ groups: [Group]) -> [Group] {
    guard groups.count > greatestPanelCount else { return groups }
    let sorted = groups.indices.sorted {
      (-groups[$0].count, $0) < (-groups[$1].count, $1)
    }
    return sorted.prefix(greatestPanelCount).sorted().map { groups[$0] }
  }

  /// Decides where everything in the figure stands; the picture of all maps is pixels in a vector
  /// graphic too.
  ///
  /// - Returns: What draws the figure.
  package func drawing() -> any Drawing { MapSummaryDrawing(figure: self) }
}
