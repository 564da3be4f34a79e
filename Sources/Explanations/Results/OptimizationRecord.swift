/// What is known of a map that was found step by step.
public struct OptimizationRecord: Codable, Hashable, Sendable {
  /// A mask at the end.
  public struct Mask: Codable, Hashable, Sendable {
    /// The mean share of the input that it keeps, 0…1.
    public let kept: Double

    /// The score of the input under it, in the form that was optimized.
    public let score: Double
  }

  /// How many steps were taken.
  public let stepCount: Int

  /// What was minimized, in the mean over the masks of an input.
  ///
  /// At the start, and after steps that lie equally far apart, the last among them; after each of 100 steps or fewer.
  /// Costs that grow are those of the first step.
  public let losses: [Double]

  /// The score of the input.
  public let wholeScore: Double

  /// The score of what stands for the input where it is hidden.
  public let hiddenScore: Double

  /// The masks.
  public let masks: [Mask]

  /// How many losses there are at most.
  private static let greatestCount = 101

  /// Describes a search.
  ///
  /// - Parameters:
  ///   - stepCount: How many steps were taken.
  ///   - losses: What was minimized, before each step and after the last.
  ///   - wholeScore: The score of the input.
  ///   - hiddenScore: That of what stands for it.
  ///   - masks: The masks.
  init(
    stepCount: Int, losses: [Double], wholeScore: Double, hiddenScore: Double, masks: [Mask]
  ) {
    self.stepCount = stepCount
    let (count, most) = (losses.count, Self.greatestCount)
    self.losses =
      count <= most
      ? losses : (0..<most).map { losses[($0 * (count - 1) + (most - 1) / 2) / (most - 1)] }
    self.wholeScore = wholeScore
    self.hiddenScore = hiddenScore
    self.masks = masks
  }
}
