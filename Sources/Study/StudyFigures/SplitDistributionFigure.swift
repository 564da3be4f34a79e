package import Figures
import Statistics

/// A figure of merit of several models over the splits of a validation, one dot per split.
package struct SplitDistributionFigure: Figure, Hashable {
  /// One row of dots.
  package struct Row: Hashable, Sendable {
    /// The model, or what is subtracted from what.
    package var name: String

    /// One value per split.
    package var values: [Double]

    /// The confidence interval of the mean, if there is one.
    package var interval: ClosedRange<Double>?

    package init(name: String, values: [Double], interval: ClosedRange<Double>? = nil) {
      self.name = name
      self.values = values
      self.interval = interval
    }

    /// The mean of the values.
    var mean: Double { values.mean }
  }

  /// The models.
  package let models: [Row]

  /// Differences of models on the same splits; may be empty.
  package let differences: [Row]

  /// The first line.
  package let title: String

  /// The second, fainter line.
  package let subtitle: String

  /// What the values are, with their unit.
  package let valueLabel: String

  /// Where values can lie, such as 0…1 for an accuracy; the axis has no ticks beyond.
  package let limits: ClosedRange<Double>?

  /// Creates a figure.
  ///
  /// - Throws: `FigureError` when there are too few or too many rows or values, or a value is not
  ///   finite.
  package init(
    models: [Row], differences: [Row] = [], title: String, subtitle: String = "",
    valueLabel: String = "Accuracy", limits: ClosedRange<Double>? = nil
  ) throws(FigureError) {
    try FigureCheck.number(models.count, in: 1...12, "models")
    try FigureCheck.number(differences.count, in: 0...12, "differences")
    for row in models + differences {
      try FigureCheck.number(row.values.count, in: 1...10_000, "values of \(row.name)")
      try FigureCheck.finite(row.values, row.name)
      try FigureCheck.interval(row.interval, "\(row.name), interval")
    }
    self.models = models
    self.differences = differences
    self.title = title
    self.subtitle = subtitle
    self.valueLabel = valueLabel
    self.limits = limits
  }

  package func drawing() -> any Drawing { SplitDistributionDrawing(self) }
}
