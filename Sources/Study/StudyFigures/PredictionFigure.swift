public import Figures
public import ImageData

/// Predicted against true values of one or two models, with the residuals beneath.
public struct PredictionFigure: Figure, Hashable {
  /// The predictions of one model.
  public struct Model: Hashable, Sendable {
    /// The model.
    public var name: String

    /// What else is said about it, such as its error and R².
    public var note: String

    /// The true values.
    public var truth: [Double]

    /// The predicted values, as many.
    public var predicted: [Double]

    /// Creates a model.
    ///
    /// - Parameters:
    ///   - name: The model.
    ///   - note: What else is said about it, such as its error and R².
    ///   - truth: The true values, at least one.
    ///   - predicted: The predicted values, as many.
    public init(name: String, note: String = "", truth: [Double], predicted: [Double]) {
      self.name = name
      self.note = note
      self.truth = truth
      self.predicted = predicted
    }
  }

  /// The models from left to right.
  public let models: [Model]

  /// The first line.
  public let title: String

  /// The second, fainter line.
  public let subtitle: String

  /// What is predicted, with its unit.
  public let valueLabel: String

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - models: One or two models.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  ///   - valueLabel: What is predicted, with its unit.
  /// - Throws: `FigureError` when there are no or more than two models, counts differ, or a value is
  ///   not finite.
  public init(
    models: [Model], title: String, subtitle: String = "", valueLabel: String = "Value"
  ) throws(FigureError) {
    try FigureCheck.number(models.count, in: 1...2, "models")
    for model in models {
      try FigureCheck.number(model.truth.count, in: 1...1_000_000, "values of \(model.name)")
      try FigureCheck.finite(model.truth, "\(model.name), true values")
      try FigureCheck.values(
        model.predicted, model.truth.count, "\(model.name), predicted values")
    }
    self.models = models
    self.title = title
    self.subtitle = subtitle
    self.valueLabel = valueLabel
  }

  /// Draws the figure at two pixels per point.
  ///
  /// - Returns: The figure; write it as PNG.
  /// - Throws: `FigureError` when the drawing library fails.
  public func figure() throws(FigureError) -> Picture { try PredictionDrawing(self).picture() }

  /// Draws the figure as a vector graphic; title and labels are in it as searchable text too.
  ///
  /// - Returns: The bytes of an SVG file.
  /// - Throws: `FigureError` when the drawing library fails.
  public func scalableGraphic() throws(FigureError) -> [UInt8] {
    try PredictionDrawing(self).scalableGraphic()
  }
}
