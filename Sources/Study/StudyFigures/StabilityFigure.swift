public import Figures
public import ImageData
public import SpectralData

/// How often each position of a spectrum is active over the splits of a validation, for several
/// models.
public struct StabilityFigure: Figure, Hashable {
  /// The frequencies of one model.
  public struct Model: Hashable, Sendable {
    /// The model.
    public var name: String

    /// The share of splits in which each position is active, 0…1.
    public var frequencies: [Double]

    /// Creates a model.
    ///
    /// - Parameters:
    ///   - name: The model.
    ///   - frequencies: The share of splits in which each position is active, 0…1.
    public init(name: String, frequencies: [Double]) {
      self.name = name
      self.frequencies = frequencies
    }
  }

  /// The positions.
  public let axis: SpectralAxis

  /// The models.
  public let models: [Model]

  /// The mean spectrum that is drawn faintly behind; nil for none.
  public let spectrum: [Double]?

  /// What is marked along the axis.
  public let bands: [FigureBand]

  /// The first line.
  public let title: String

  /// The second, fainter line.
  public let subtitle: String

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - axis: The positions.
  ///   - models: 1…4 models.
  ///   - spectrum: The mean spectrum that is drawn faintly behind.
  ///   - bands: What is marked along the axis.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  /// - Throws: `FigureError` when there are too few or too many models, counts differ, a frequency
  ///   lies outside of 0…1, or a value is not finite.
  public init(
    axis: SpectralAxis, models: [Model], spectrum: [Double]? = nil, bands: [FigureBand] = [],
    title: String, subtitle: String = ""
  ) throws(FigureError) {
    try FigureCheck.number(models.count, in: 1...4, "models")
    for model in models {
      try FigureCheck.values(model.frequencies, axis.count, model.name)
      if let index = model.frequencies.firstIndex(where: { !(0...1).contains($0) }) {
        throw FigureError(
          .invalidValue,
          "\(model.name): element \(index) is \(model.frequencies[index]); a share lies in 0…1")
      }
    }
    if let spectrum { try FigureCheck.values(spectrum, axis.count, "spectrum") }
    try FigureCheck.bands(bands)
    self.axis = axis
    self.models = models
    self.spectrum = spectrum
    self.bands = bands
    self.title = title
    self.subtitle = subtitle
  }

  /// Draws the figure at two pixels per point.
  ///
  /// - Returns: The figure; write it as PNG.
  /// - Throws: `FigureError` when the drawing library fails.
  public func figure() throws(FigureError) -> Picture { try StabilityDrawing(self).picture() }

  /// Draws the figure as a vector graphic; title and labels are in it as searchable text too.
  ///
  /// - Returns: The bytes of an SVG file.
  /// - Throws: `FigureError` when the drawing library fails.
  public func scalableGraphic() throws(FigureError) -> [UInt8] {
    try StabilityDrawing(self).scalableGraphic()
  }
}
