package import Figures

/// Predicted against true values of one or two models, with the residuals beneath.
package struct PredictionFigure: Figure, Hashable {
  /// The predictions of one model.
  package struct Model: Hashable, Sendable {
    /// The model.
    package var name: String

    /// What else is said about it, such as its error and R².
    package var note: String

    /// The true values.
    package var truth: [Double]

    /// The predicted values, as many.
    package var predicted: [Double]

    package init(name: String, note: String = "", truth: [Double], predicted: [Double]) {
      self.name = name
      self.note = note
      self.truth = truth
      self.predicted = predicted
    }
  }

  /// The models from left to right.
  package let models: [Model]

  /// The first line.
  package let title: String

  /// The second, fainter line.
  package let subtitle: String

  /// What is predicted, with its unit.
  package let valueLabel: String

  /// Creates a figure.
  ///
  /// - Throws: `FigureError` when there are no or more than two models, counts differ, or a value is
  ///   not finite.
  package init(
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

  package func drawing() -> any Drawing { PredictionDrawing(self) }
}
