public import Figures
public import ImageData
public import SpectralData

/// The mean spectrum of each class in the colors of its mean map, with the map itself beneath.
///
/// All panels share one axis, one scale of intensities and one scale of maps, so that they can be
/// compared.
public struct ClassMapsFigure: Figure, Hashable {
  /// The spectra and maps of one class, or of all samples of a regression.
  public struct Panel: Hashable, Sendable {
    /// The class.
    public var name: String

    /// What else is said about it, such as the number of spectra.
    public var note: String

    /// The mean spectrum, one intensity per position of the axis.
    public var spectrum: [Double]

    /// The standard deviation of the spectra, if it is to be drawn.
    public var spectrumDeviation: [Double]?

    /// The mean signed map, one value per position of the axis.
    public var map: [Double]

    /// The standard deviation of the map, such as over splits, if it is to be drawn.
    public var mapDeviation: [Double]?

    /// What is marked along the axis.
    public var bands: [FigureBand]

    /// Creates a panel.
    ///
    /// - Parameters:
    ///   - name: The class.
    ///   - note: What else is said about it.
    ///   - spectrum: The mean spectrum, one intensity per position of the axis.
    ///   - spectrumDeviation: The standard deviation of the spectra, none below zero.
    ///   - map: The mean signed map, one value per position of the axis.
    ///   - mapDeviation: The standard deviation of the map, none below zero.
    ///   - bands: What is marked along the axis.
    public init(
      name: String, note: String = "", spectrum: [Double], spectrumDeviation: [Double]? = nil,
      map: [Double], mapDeviation: [Double]? = nil, bands: [FigureBand] = []
    ) {
      self.name = name
      self.note = note
      self.spectrum = spectrum
      self.spectrumDeviation = spectrumDeviation
      self.map = map
      self.mapDeviation = mapDeviation
      self.bands = bands
    }
  }

  /// The most panels one figure holds.
  public static let maximumPanelCount = 40

  /// The positions of all panels.
  public let axis: SpectralAxis

  /// The classes in the order in which they are drawn.
  public let panels: [Panel]

  /// The first line.
  public let title: String

  /// The second, fainter line.
  public let subtitle: String

  /// What the intensities are, with their unit.
  public let intensityLabel: String

  /// What the values of the maps are.
  public let valueLabel: String

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - axis: The positions of all panels.
  ///   - panels: 1…40 classes.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  ///   - intensityLabel: What the intensities are, with their unit.
  ///   - valueLabel: What the values of the maps are.
  /// - Throws: `FigureError` when there are too few or too many panels, counts differ, a value is not
  ///   finite, a deviation is below zero, or a band ends below its start.
  public init(
    axis: SpectralAxis, panels: [Panel], title: String, subtitle: String = "",
    intensityLabel: String = "Intensity", valueLabel: String = "Map value"
  ) throws(FigureError) {
    try FigureCheck.number(panels.count, in: 1...Self.maximumPanelCount, "panels")
    for panel in panels {
      try FigureCheck.values(panel.spectrum, axis.count, "\(panel.name), spectrum")
      try FigureCheck.deviations(
        panel.spectrumDeviation, axis.count, "\(panel.name), deviation of the spectrum")
      try FigureCheck.values(panel.map, axis.count, "\(panel.name), map")
      try FigureCheck.deviations(
        panel.mapDeviation, axis.count, "\(panel.name), deviation of the map")
      try FigureCheck.bands(panel.bands)
    }
    self.axis = axis
    self.panels = panels
    self.title = title
    self.subtitle = subtitle
    self.intensityLabel = intensityLabel
    self.valueLabel = valueLabel
  }

  /// Draws the figure at two pixels per point.
  ///
  /// - Returns: The figure; write it as PNG.
  /// - Throws: `FigureError` when the drawing library fails.
  public func figure() throws(FigureError) -> Picture { try ClassMapsDrawing(self).picture() }

  /// Draws the figure as a vector graphic; title and labels are in it as searchable text too.
  ///
  /// - Returns: The bytes of an SVG file.
  /// - Throws: `FigureError` when the drawing library fails.
  public func scalableGraphic() throws(FigureError) -> [UInt8] {
    try ClassMapsDrawing(self).scalableGraphic()
  }
}
