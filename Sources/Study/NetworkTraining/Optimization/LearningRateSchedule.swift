import Foundation

/// How the learning rate changes in the course of a training.
public enum LearningRateSchedule: Sendable, Hashable, Codable {
  /// Not at all.
  case constant
  /// Half a cosine from the full rate down to a share of it at the last step.
  case cosine(finalShare: Float = 0)
  /// Times `factor` whenever the watched loss has not fallen for `patience` epochs.
  case plateau(factor: Float = 0.5, patience: Int = 10)

  /// The share of the full rate, 0 to 1, at a point of a training.
  ///
  /// - Parameters:
  ///   - step: The number of the step, from 0.
  ///   - stepCount: How many steps the training has.
  ///   - warmUpCount: Over how many steps the rate rises in a straight line to the full rate.
  ///   - plateauShare: To what the watched loss has reduced the rate so far.
  /// - Returns: The share, 0 to 1.
  func share(step: Int, of stepCount: Int, warmUpCount: Int, plateauShare: Float) -> Float {
    if step < warmUpCount { return Float(step + 1) / Float(warmUpCount) }
    switch self {
    case .constant: return 1
    case .plateau: return plateauShare
    case .cosine(let finalShare):
      let length = max(1, stepCount - warmUpCount)
      let progress = Double(step - warmUpCount) / Double(length)
      return finalShare + (1 - finalShare) * Float(0.5 * (1 + cos(Double.pi * progress)))
    }
  }
}

/// Watches a loss and says when it has stopped falling.
struct PlateauWatch: Sendable, Hashable {
  /// The lowest loss so far.
  private(set) var best: Float = .infinity

  /// For how many epochs it has not been undercut.
  private(set) var waitingCount = 0

  /// Starts with what is known from before.
  init(best: Float = .infinity, waitingCount: Int = 0) {
    self.best = best
    self.waitingCount = waitingCount
  }

  /// Notes the loss of an epoch.
  ///
  /// - Returns: Whether it is the lowest so far.
  mutating func note(_ loss: Float) -> Bool {
    let isLower = loss < best
    if isLower { best = loss }
    waitingCount = isLower ? 0 : waitingCount + 1
    return isLower
  }

  /// Waits anew, as after a change of the learning rate.
  mutating func wait() { waitingCount = 0 }
}
