package import Figures
package import SpectralData

/// How often each position of a spectrum is active over the splits of a validation, for several
/// models.
package struct StabilityFigure: Figure, Hashable {
  /// The frequencies of one model.
  package struct Model: Hashable, Sendable {
    /// The model.
    package var name: String

    /// The share of splits in which each position is active, 0…1.
    package var frequencies: [Double]

    package init(name: String, frequencies: [Double]) {
      self.name = name
      self.frequencies = frequencies
    }
  }

  /// The positions.
  package let axis: SpectralAxis

  /// The models.
  package let models: [Model]

  /// The mean spectrum that is drawn faintly behind; nil for none.
  package let spectrum: [Double]?

  /// What is marked along the axis.
  package let bands: [FigureBand]

  /// The first line.
  package let title: String

  /// The second, fainter line.
  package let subtitle: String

  /// Creates a figure.
  ///
  /// - Throws: `FigureError` when there are too few or too many models, counts differ, a frequency
  ///   lies outside of 0…1, or a value is not finite.
  package init(
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

  package func drawing() -> any Drawing { StabilityDrawing(self) }
}
