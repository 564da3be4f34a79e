import Foundation

/// How a training stands after an epoch.
public struct TrainingProgress: Sendable, Hashable {
  /// The epochs that are done.
  public let epoch: Int

  /// The epochs that there will be at most.
  public let epochCount: Int

  /// The mean loss of the training spectra in this epoch.
  public let loss: Float

  /// The share of training spectra that were recognized in this epoch; nil in regression.
  public let accuracy: Float?

  /// The loss of the validation spectra after this epoch, if there are any.
  public let validationLoss: Float?

  /// The share of validation spectra that are recognized after this epoch; nil in regression.
  public let validationAccuracy: Float?

  /// The learning rate of the last step.
  public let learningRate: Float

  /// How long the training has taken so far, in seconds, and how long it will go on at most.
  public let secondsTaken: Double

  /// How long the training will go on at most, in seconds.
  public let secondsLeft: Double
}

extension TrainingProgress: CustomStringConvertible {
  /// Losses and accuracies for people.
  public var description: String {
    var text = String(format: "loss %.4f", loss)
    if let accuracy { text += String(format: ", %.1f %% right", 100 * accuracy) }
    if let validationLoss { text += String(format: ", validation %.4f", validationLoss) }
    if let validationAccuracy { text += String(format: " (%.1f %%)", 100 * validationAccuracy) }
    return text
  }
}

/// Why a training ended.
public enum TrainingEnding: String, Sendable, Hashable {
  /// All epochs are done.
  case completed
  /// The watched loss had stopped falling.
  case stoppedEarly
  /// The task was cancelled; the network is the best until then.
  case cancelled
}

/// A trained network and how it came about.
public struct TrainingResult: Sendable {
  /// The network: that of the lowest validation loss where there were validation spectra or
  /// patience, else that of the last step.
  public let network: TrainedNetwork

  /// Every epoch.
  public let history: [TrainingProgress]

  /// Why training ended.
  public let ending: TrainingEnding

  /// The epoch whose weights the network has, from 1; 0 when cancelled before the first ended.
  public let chosenEpoch: Int
}
