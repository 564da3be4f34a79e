package import Figures
package import SpectralData

/// A spectrum with the feature maps of a network's layers beneath, all on one axis.
package struct FeatureMapsFigure: Figure, Hashable {
  /// What one layer makes of the spectrum.
  package struct Layer: Hashable, Sendable {
    /// The name of the layer.
    package var name: String

    /// For each channel its values, one per position.
    package var channels: [[Double]]

    /// Where the values lie on the axis, in its unit, rising or falling; nil when they lie at the
    /// positions of the spectrum.
    package var positions: [Double]?

    package init(name: String, channels: [[Double]], positions: [Double]? = nil) {
      self.name = name
      self.channels = channels
      self.positions = positions
    }
  }

  /// The most layers one figure holds.
  package static let maximumLayerCount = 40

  /// The spectrum.
  package let spectrum: Spectrum

  /// The layers from top to bottom.
  package let layers: [Layer]

  /// The first line.
  package let title: String

  /// The second, fainter line.
  package let subtitle: String

  /// What the intensities are, with their unit.
  package let intensityLabel: String

  /// Creates a figure.
  ///
  /// - Throws: `FigureError` when there are too few or too many layers or channels, counts differ, a
  ///   value is not finite, or positions are out of order.
  package init(
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

  package func drawing() -> any Drawing { FeatureMapsDrawing(self) }
}
