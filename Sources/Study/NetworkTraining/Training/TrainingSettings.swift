/// How a network is trained.
public struct TrainingSettings: Sendable, Hashable, Codable {
  /// What the classes count for in the loss.
  public enum ClassWeights: Sendable, Hashable, Codable {
    /// Every spectrum counts the same.
    case equal
    /// Every class counts the same, however many spectra it has.
    case balanced
    /// A positive number for every class.
    case given([Float])
  }

  /// How often every spectrum is seen, at least once.
  public var epochCount = 60

  /// About how many spectra make a step; batches are evened out, so that none is nearly empty.
  public var batchSize = 12

  /// How parameters follow their gradients.
  public var optimizer = Optimizer.adamW()

  /// The learning rate at its highest.
  public var learningRate: Float = 0.02

  /// How the learning rate changes.
  public var schedule = LearningRateSchedule.cosine()

  /// Over how many epochs the learning rate rises to its highest.
  public var warmUpEpochCount = 0

  /// The share of a class's target that is spread over all classes, 0 up to 1.
  public var labelSmoothing: Float = 0

  /// What the classes count for.
  public var classWeights = ClassWeights.equal

  /// The largest Euclidean norm of a gradient; longer ones are shrunk to it.
  public var gradientLimit: Float?

  /// After how many epochs without a lower loss of the validation spectra, or of the training
  /// spectra where there are none, training ends.
  public var patience: Int?

  /// How spectra are scaled at the entrance of the network.
  public var inputScaling = InputScaling.centered

  /// What chance depends on: with the same seed and thread count weights repeat bit by bit.
  public var seed: UInt64 = 1

  /// Creates settings with their defaults.
  public init() {}

  /// Throws unless the settings make sense.
  func check(_ targets: LearningTargets) throws(LearningError) {
    try require(epochCount >= 1, "epochs are at least 1, not \(epochCount)")
    try require(batchSize >= 1, "a batch has at least 1 spectrum, not \(batchSize)")
    try require(
      learningRate > 0 && learningRate.isFinite,
      "the learning rate is a positive number, not \(learningRate)")
    try require(
      (0..<1).contains(labelSmoothing), "label smoothing is in 0..<1, not \(labelSmoothing)")
    try require(
      (0...epochCount).contains(warmUpEpochCount),
      "warm-up takes from 0 to all \(epochCount) epochs, not \(warmUpEpochCount)")
    try require(
      gradientLimit.map { $0 > 0 } ?? true, "the limit of the gradient's norm is positive")
    try require(patience.map { $0 >= 1 } ?? true, "patience is at least 1 epoch")
    if let objection = optimizer.objection { throw LearningError(.invalidSetting, objection) }
    if case .plateau(let factor, let patience) = schedule {
      try require(
        factor > 0 && factor < 1 && patience >= 1,
        "a plateau schedule has a factor in 0..<1 and a patience of at least 1 epoch")
    }
    if case .given(let weights) = classWeights {
      let count = targets.outputCount
      try require(
        weights.count == count && weights.allSatisfy { $0 > 0 && $0.isFinite },
        "class weights are \(count) positive numbers, one per class")
    }
  }

  private func require(_ condition: Bool, _ message: @autoclosure () -> String)
    throws(LearningError)
  {
    guard condition else { throw LearningError(.invalidSetting, message()) }
  }
}
