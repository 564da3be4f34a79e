public import Figures
public import ImageData
public import SpectralData

/// A spectrum with the feature maps of a network's layers beneath, all on one axis.
public struct FeatureMapsFigure: Figure, Hashable {
  /// What one layer makes of the spectrum.
  public struct Layer: Hashable, Sendable {
    /// The name of the layer.
    public var name: String

    /// For each channel its values, one per position.
    public var channels: [[Double]]

    /// Where the values lie on the axis, in its unit, rising or falling; nil when they lie at the
    /// positions of the spectrum.
    public var positions: [Double]?

    /// Creates a layer.
    ///
    /// - Parameters:
    ///   - name: The name of the layer.
    ///   - channels: For each channel its values, one per position.
    ///   - positions: Where the values lie on the axis, in its unit, strictly rising or falling; nil
    ///     when they lie at the positions of the spectrum.
    public init(name: String, channels: [[Double]], positions: [Double]? = nil) {
      self.name = name
      self.channels = channels
      self.positions = positions
    }
  }

  /// The most layers one figure holds.
  public static let maximumLayerCount = 40

  /// The spectrum.
  public let spectrum: Spectrum

  /// The layers from top to bottom.
  public let layers: [Layer]

  /// The first line.
  public let title: String

  /// The second, fainter line.
  public let subtitle: String

  /// What the intensities are, with their unit.
  public let intensityLabel: String

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - spectrum: The spectrum that the network sees.
  ///   - layers: 1…40 layers of 1…4096 channels.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  ///   - intensityLabel: What the intensities are, with their unit.
  /// - Throws: `FigureError` when there are too few or too many layers or channels, counts differ, a
  ///   value is not finite, or positions are out of order.
  public init(
    spectrum: Spectrum, layers: [Layer], title: String, subtitle: String = "",
    intensityLabel: String = "Intensity"
  ) throws(FigureError) {
    try FigureCheck.number(layers.count, in: 1...Self.maximumLayerCount, "layers")
    for layer in layers { try Self.check(layer, spectrum.axis) }
    self.spectrum = spectrum
    self.layers = layers
    self.title = title
    self.subtitle = subtitle
    self.intensityLabel = intensityLabel
  }

  private static func check(_ layer: Layer, _ axis: SpectralAxis) throws(FigureError) {
    try FigureCheck.number(layer.channels.count, in: 1...4096, "channels in \(layer.name)")
    let count = layer.positions?.count ?? axis.count
    try FigureCheck.number(count, in: 1...1_000_000, "positions in \(layer.name)")
    for (index, channel) in layer.channels.enumerated() {
      try FigureCheck.values(channel, count, "\(layer.name), channel \(index)")
    }
    guard let positions = layer.positions else { return }
    try FigureCheck.finite(positions, "\(layer.name), positions")
    let steps = zip(positions, positions.dropFirst()).map { $1 - $0 }
    guard steps.allSatisfy({ $0 > 0 }) || steps.allSatisfy({ $0 < 0 }) else {
      throw FigureError(
        .invalidValue, "\(layer.name): the positions neither rise nor fall throughout")
    }
  }

  /// Draws the figure at two pixels per point.
  ///
  /// - Returns: The figure; write it as PNG.
  /// - Throws: `FigureError` when the drawing library fails.
  public func figure() throws(FigureError) -> Picture { try FeatureMapsDrawing(self).picture() }

  /// Draws the figure as a vector graphic; title and labels are in it as searchable text too.
  ///
  /// - Returns: The bytes of an SVG file.
  /// - Throws: `FigureError` when the drawing library fails.
  public func scalableGraphic() throws(FigureError) -> [UInt8] {
    try FeatureMapsDrawing(self).scalableGraphic()
  }
}
