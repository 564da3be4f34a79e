public import Figures
public import ImageData

/// The loss of a training over its epochs.
public struct LossFigure: Figure, Hashable {
  /// The loss on the training part, one value per epoch.
  public let training: [Double]

  /// The loss on the validation part, one value per epoch; nil when there is none.
  public let validation: [Double]?

  /// The epoch whose weights were kept, from 1; nil when that is not known.
  public let bestEpoch: Int?

  /// The first line.
  public let title: String

  /// The second, fainter line.
  public let subtitle: String

  /// What the loss is.
  public let valueLabel: String

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - training: The loss on the training part, one value per epoch, at least one.
  ///   - validation: The loss on the validation part, as many values.
  ///   - bestEpoch: The epoch whose weights were kept, from 1.
  ///   - title: The first line.
  ///   - subtitle: The second line.
  ///   - valueLabel: What the loss is.
  /// - Throws: `FigureError` when counts differ, a value is not finite, or the best epoch is none of
  ///   the epochs.
  public init(
    training: [Double], validation: [Double]? = nil, bestEpoch: Int? = nil, title: String,
    subtitle: String = "", valueLabel: String = "Loss"
  ) throws(FigureError) {
    try FigureCheck.number(training.count, in: 1...1_000_000, "epochs")
    try FigureCheck.finite(training, "training loss")
    if let validation {
      try FigureCheck.values(validation, training.count, "validation loss")
    }
    if let bestEpoch, !(1...training.count).contains(bestEpoch) {
      throw FigureError(
        .invalidValue, "epoch \(bestEpoch) is none of the epochs 1…\(training.count)")
    }
    self.training = training
    self.validation = validation
    self.bestEpoch = bestEpoch
    self.title = title
    self.subtitle = subtitle
    self.valueLabel = valueLabel
  }

  /// Draws the figure at two pixels per point.
  ///
  /// - Returns: The figure; write it as PNG.
  /// - Throws: `FigureError` when the drawing library fails.
  public func figure() throws(FigureError) -> Picture { try LossDrawing(self).picture() }

  /// Draws the figure as a vector graphic; title and labels are in it as searchable text too.
  ///
  /// - Returns: The bytes of an SVG file.
  /// - Throws: `FigureError` when the drawing library fails.
  public func scalableGraphic() throws(FigureError) -> [UInt8] {
    try LossDrawing(self).scalableGraphic()
  }
}
