import Explanations
import Foundation

/// How well the maps of a run add up to what they divide.
struct CompletenessLog {
  private var count = 0
  private var worst = 0.0
  private var sum = 0.0
  private var steps = (least: Int.max, most: 0)

  /// Takes maps into account.
  mutating func add(_ samples: [SampleExplanations]) {
    for completeness in samples.flatMap(\.explanations).compactMap(\.completeness) {
      count += 1
      worst = max(worst, completeness.gap)
      sum += completeness.gap
      steps = (min(steps.least, completeness.stepCount), max(steps.most, completeness.stepCount))
    }
  }

  /// The gaps in words; nil without such maps.
  var sentence: String? {
    guard count > 0 else { return nil }
    let range = steps.least == steps.most ? "\(steps.most)" : "\(steps.least) to \(steps.most)"
    return "integrated gradients add up to the difference from the baseline within "
      + String(format: "%.2g %% (mean %.2g %%), ", 100 * worst, 100 * sum / Double(count))
      + "in \(range) steps"
  }
}
