package import Figures
package import SpectralData

/// The mean spectrum of each class in the colors of its mean map, with the map itself beneath.
///
/// All panels share one axis, one scale of intensities and one scale of maps, so that they can be
/// compared.
package struct ClassMapsFigure: Figure, Hashable {
  /// The spectra and maps of one class, or of all samples of a regression.
  package struct Panel: Hashable, Sendable {
    /// The class.
    package var name: String

    /// What else is said about it, such as the number of spectra.
    package var note: String

    /// The mean spectrum, one intensity per position of the axis.
    package var spectrum: [Double]

    /// The standard deviation of the spectra, if it is to be drawn.
    package var spectrumDeviation: [Double]?

    /// The mean signed map, one value per position of the axis.
    package var map: [Double]

    /// The standard deviation of the map, such as over splits, if it is to be drawn.
    package var mapDeviation: [Double]?

    /// What is marked along the axis.
    package var bands: [FigureBand]

    package init(
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
  package static let maximumPanelCount = 40

  /// The positions of all panels.
  package let axis: SpectralAxis

  /// The classes in the order in which they are drawn.
  package let panels: [Panel]

  /// The first line.
  package let title: String

  /// The second, fainter line.
  package let subtitle: String

  /// What the intensities are, with their unit.
  package let intensityLabel: String

  /// What the values of the maps are.
  package let valueLabel: String

  /// Creates a figure.
  ///
  /// - Throws: `FigureError` when there are too few or too many panels, counts differ, a value is not
  ///   finite, a deviation is below zero, or a band ends below its start.
  package init(
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

  package func drawing() -> any Drawing { ClassMapsDrawing(self) }
}
