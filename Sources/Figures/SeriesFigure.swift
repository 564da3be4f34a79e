/// Channels along one axis, each a line in the colors of a map, with the map itself beneath.
public struct SeriesFigure: Figure, Hashable {
  /// The channels, each with one number for every point.
  public let channels: [[Float]]

  /// How the map is brought to the range of the colors.
  public let scale: MapScale

  /// The colors.
  public let colorMap: ColorMap

  /// The first line, such as the class and its score.
  public var title: String

  /// The second, fainter line, such as the method and the layer.
  public var subtitle: String

  /// What the values of the map are; written along the color bar.
  public var valueLabel: String

  let map: ScaledMap

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - channels: At least one, all with as many finite numbers as the map has.
  ///   - map: One raw value for every point, all finite.
  ///   - scale: How the map is brought to the range of the colors.
  ///   - colorMap: The colors of a positive map.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  ///   - valueLabel: What the values of the map are.
  /// - Throws: `FigureError` when the counts differ or a value is not finite.
  public init(
    channels: [[Float]], map: [Float], scale: MapScale = .positive, colorMap: ColorMap = .turbo,
    title: String, subtitle: String = "", valueLabel: String = "Map value"
  ) throws(FigureError) {
    guard let count = channels.first?.count, channels.allSatisfy({ $0.count == count }),
      map.count == count
    else {
      throw FigureError(
        .shapeMismatch,
        "a map of \(map.count) values does not fit channels of \(channels.map(\.count)) points")
    }
    self.map = try ScaledMap(map, scale: scale)
    self.channels = channels
    self.scale = scale
    self.colorMap = scale == .signed ? .redWhiteBlue : colorMap
    self.title = title
    self.subtitle = subtitle
    self.valueLabel = valueLabel
  }

  /// Decides where everything in the figure stands.
  ///
  /// - Returns: What draws the figure.
  public func drawing() -> any Drawing { SeriesDrawing(self) }
}
