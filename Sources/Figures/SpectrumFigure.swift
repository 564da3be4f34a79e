public import ImageData
public import SpectralData

/// A spectrum drawn as a line in the colors of a map, with the map itself beneath.
///
/// Infrared wavenumbers fall from left to right, as is the custom; every other axis rises.
public struct SpectrumFigure: Hashable, Sendable {
  /// The spectrum.
  public let spectrum: Spectrum

  /// How the map is brought to the range of the colors.
  public let scale: MapScale

  /// The colors of a positive map.
  public let colorMap: ColorMap

  /// The first line, such as the class and its score.
  public var title: String

  /// The second, fainter line, such as the method and the layer.
  public var subtitle: String

  /// What the intensities are, with their unit.
  public var intensityLabel: String

  /// What the values of the map are.
  public var valueLabel: String

  let map: ScaledMap

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - spectrum: The spectrum, in the units in which it is to be shown.
  ///   - map: One raw value per point, all finite.
  ///   - scale: How the map is brought to the range of the colors.
  ///   - colorMap: The colors of a positive map; a signed one is drawn red, gray and blue.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  ///   - intensityLabel: What the intensities are, with their unit.
  ///   - valueLabel: What the values of the map are.
  /// - Throws: `FigureError` when the counts differ or a value is not finite.
  public init(
    spectrum: Spectrum, map: [Float], scale: MapScale = .signed, colorMap: ColorMap = .turbo,
    title: String, subtitle: String = "", intensityLabel: String = "Intensity",
    valueLabel: String = "Map value"
  ) throws(FigureError) {
    guard map.count == spectrum.axis.count else {
      throw FigureError(
        .shapeMismatch,
        "a map of \(map.count) values does not fit a spectrum of \(spectrum.axis.count) points")
    }
    self.map = try ScaledMap(map, scale: scale)
    self.spectrum = spectrum
    self.scale = scale
    self.colorMap = scale == .signed ? .redWhiteBlue : colorMap
    self.title = title
    self.subtitle = subtitle
    self.intensityLabel = intensityLabel
    self.valueLabel = valueLabel
  }

  /// Draws the figure at two pixels per point.
  ///
  /// - Returns: The figure; write it as PNG.
  /// - Throws: `FigureError` when the drawing library fails.
  public func figure() throws(FigureError) -> Picture {
    let drawing = SpectrumDrawing(figure: self)
    return try Canvas.picture(
      width: SpectrumDrawing.width, height: SpectrumDrawing.height, scale: 2, draw: drawing.draw)
  }

  /// Draws the figure as a vector graphic; title and labels are in it as searchable text too.
  ///
  /// - Returns: The bytes of an SVG file.
  /// - Throws: `FigureError` when the drawing library fails.
  public func scalableGraphic() throws(FigureError) -> [UInt8] {
    let drawing = SpectrumDrawing(figure: self)
    let bytes = try Canvas.scalableGraphic(
      width: SpectrumDrawing.width, height: SpectrumDrawing.height, draw: drawing.draw)
    let description = [subtitle, spectrum.axis.label, intensityLabel, valueLabel, map.statement]
      .filter { !$0.isEmpty }.joined(separator: "; ")
    return ScalableGraphicText.annotated(bytes, title: title, description: description)
  }
}
