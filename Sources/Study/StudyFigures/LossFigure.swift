package import Figures

/// The loss of a training over its epochs.
package struct LossFigure: Figure, Hashable {
  /// The loss on the training part, one value per epoch.
  package let training: [Double]

  /// The loss on the validation part, one value per epoch; nil when there is none.
  package let validation: [Double]?

  /// The epoch whose weights were kept, from 1; nil when that is not known.
  package let bestEpoch: Int?

  /// The first line.
  package let title: String

  /// The second, fainter line.
  package let subtitle: String

  /// What the loss is.
  package let valueLabel: String

  /// Creates a figure.
  ///
  /// - Throws: `FigureError` when counts differ, a value is not finite, or the best epoch is none of
  ///   the epochs.
  package init(
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

  package func drawing() -> any Drawing { LossDrawing(self) }
}
