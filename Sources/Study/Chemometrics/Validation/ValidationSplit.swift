/// Which samples a model is trained on, and which it is tested with.
public struct ValidationSplit: Codable, Hashable, Sendable {
  /// Indices of the training samples, ascending.
  public let training: [Int]

  /// Indices of the test samples, ascending.
  public let test: [Int]

  /// Creates a split.
  ///
  /// - Parameters:
  ///   - training: Indices of samples.
  ///   - test: Indices of other samples.
  public init(training: [Int], test: [Int]) {
    self.training = training.sorted()
    self.test = test.sorted()
  }

  /// Makes a split that tests the given samples, which must neither be none nor all.
  init(testing test: [Int], of count: Int) {
    var isTest = [Bool](repeating: false, count: count)
    for sample in test { isTest[sample] = true }
    training = (0..<count).filter { !isTest[$0] }
    self.test = (0..<count).filter { isTest[$0] }
  }

  /// The size of the test part divided by that of the training part.
  public var testToTrainingRatio: Double { Double(test.count) / Double(training.count) }
}
