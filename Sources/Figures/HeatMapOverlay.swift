public import ImageData
public import TensorCore

/// A picture with a map laid over it, a color bar with raw values, and a title.
public struct HeatMapOverlay: Figure, Hashable {
  /// The picture as the network saw it.
  public let picture: Picture

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

  /// The border of what is explained, where that is a part of the picture.
  public var outline: RegionOutline?

  /// The picture and the map blended half and half, without any text; the plain picture when the
  /// map has nothing to show.
  public let blendedPicture: Picture

  let map: ScaledMap

  /// Creates an overlay.
  ///
  /// - Parameters:
  ///   - picture: The picture as the network saw it.
  ///   - map: `[rows, columns]` of the picture, raw values, all finite.
  ///   - scale: How the map is brought to the range of the colors.
  ///   - colorMap: The colors of a positive map; a signed one is drawn red, white and blue.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  ///   - valueLabel: What the values of the map are.
  /// - Throws: `FigureError` when the extents differ or a value is not finite.
  public init(
    picture: Picture, map: Tensor, scale: MapScale = .positive, colorMap: ColorMap = .turbo,
    title: String, subtitle: String = "", valueLabel: String = "Map value"
  ) throws(FigureError) {
    guard map.shape == [picture.height, picture.width] else {
      throw FigureError(
        .shapeMismatch,
        "a map of shape \(map.shape) does not fit a picture of \(picture.height) rows and "
          + "\(picture.width) columns; up-sample it first")
    }
    self.map = try ScaledMap(map.elements, scale: scale).saturated()
    self.picture = picture
    self.scale = scale
    self.colorMap = scale == .signed ? .redWhiteBlue : colorMap
    blendedPicture = self.map.blended(over: picture, self.colorMap)
    self.title = title
    self.subtitle = subtitle
    self.valueLabel = valueLabel
  }

  /// Decides where everything in the figure stands.
  ///
  /// - Returns: What draws the figure.
  public func drawing() -> any Drawing { HeatMapOverlayDrawing(figure: self) }
}
