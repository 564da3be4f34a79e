public import Figures
public import ImageData
import Statistics

/// A figure of merit of several models over the splits of a validation, one dot per split.
public struct SplitDistributionFigure: Figure, Hashable {
  /// One row of dots.
  public struct Row: Hashable, Sendable {
    /// The model, or what is subtracted from what.
    public var name: String

    /// One value per split.
    public var values: [Double]

    /// The confidence interval of the mean, if there is one.
    public var interval: ClosedRange<Double>?

    /// Creates a row.
    ///
    /// - Parameters:
    ///   - name: The model, or what is subtracted from what.
    ///   - values: One value per split, 1…10,000.
    ///   - interval: The confidence interval of the mean.
    public init(name: String, values: [Double], interval: ClosedRange<Double>? = nil) {
      self.name = name
      self.values = values
      self.interval = interval
    }

    /// The mean of the values.
    var mean: Double { values.mean }
  }

  /// The models.
  public let models: [Row]

  /// Differences of models on the same splits; may be empty.
  public let differences: [Row]

  /// The first line.
  public let title: String

  /// The second, fainter line.
  public let subtitle: String

  /// What the values are, with their unit.
  public let valueLabel: String

  /// Where values can lie, such as 0…1 for an accuracy; the axis has no ticks beyond.
  public let limits: ClosedRange<Double>?

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - models: 1…12 models.
  ///   - differences: Up to 12 differences of models on the same splits, drawn on an axis with zero.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  ///   - valueLabel: What the values are, with their unit.
  ///   - limits: Where values can lie, such as 0…1 for an accuracy.
  /// - Throws: `FigureError` when there are too few or too many rows or values, or a value is not
  ///   finite.
  public init(
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

  /// Draws the figure at two pixels per point.
  ///
  /// - Returns: The figure; write it as PNG.
  /// - Throws: `FigureError` when the drawing library fails.
  public func figure() throws(FigureError) -> Picture {
    try SplitDistributionDrawing(self).picture()
  }

  /// Draws the figure as a vector graphic; title and labels are in it as searchable text too.
  ///
  /// - Returns: The bytes of an SVG file.
  /// - Throws: `FigureError` when the drawing library fails.
  public func scalableGraphic() throws(FigureError) -> [UInt8] {
    try SplitDistributionDrawing(self).scalableGraphic()
  }
}
