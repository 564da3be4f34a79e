package import SpectralData

/// A spectrum drawn as a line in the colors of a map, with the map itself beneath.
///
/// Infrared wavenumbers fall from left to right, as is the custom; every other axis rises.
package struct SpectrumFigure: Figure, Hashable {
  /// The spectrum.
  package let spectrum: Spectrum

  /// How the map is brought to the range of the colors.
  package let scale: MapScale

  /// The colors of a positive map.
  package let colorMap: ColorMap

  /// What is marked along the axis.
  package let bands: [FigureBand]

  /// The first line, such as the class and its score.
  package var title: String

  /// The second, fainter line, such as the method and the layer.
  package var subtitle: String

  /// What the intensities are, with their unit.
  package var intensityLabel: String

  /// What the values of the map are.
  package var valueLabel: String

  let map: ScaledMap

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - spectrum: The spectrum, in the units in which it is to be shown.
  ///   - map: One raw value per point, all finite.
  ///   - scale: How the map is brought to the range of the colors.
  ///   - colorMap: The colors of a positive map; a signed one is drawn red, gray and blue.
  ///   - bands: What is marked along the axis; shaded behind the line, with labels above it.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  ///   - intensityLabel: What the intensities are, with their unit.
  ///   - valueLabel: What the values of the map are.
  /// - Throws: `FigureError` when the counts differ, a value is not finite, or a band ends below its
  ///   start.
  package init(
    spectrum: Spectrum, map: [Float], scale: MapScale = .signed, colorMap: ColorMap = .turbo,
    bands: [FigureBand] = [], title: String, subtitle: String = "",
    intensityLabel: String = "Intensity", valueLabel: String = "Map value"
  ) throws(FigureError) {
    guard map.count == spectrum.axis.count else {
      throw FigureError(
        .shapeMismatch,
        "a map of \(map.count) values does not fit a spectrum of \(spectrum.axis.count) points")
    }
    try FigureCheck.bands(bands)
    self.bands = bands
    self.map = try ScaledMap(map, scale: scale)
    self.spectrum = spectrum
    self.scale = scale
    self.colorMap = scale == .signed ? .redWhiteBlue : colorMap
    self.title = title
    self.subtitle = subtitle
    self.intensityLabel = intensityLabel
    self.valueLabel = valueLabel
  }

  /// Decides where everything in the figure stands.
  ///
  /// - Returns: What draws the figure.
  package func drawing() -> any Drawing { SpectrumDrawing(self) }
}
