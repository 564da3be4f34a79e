import Statistics

/// How well classes were predicted.
public struct ClassificationMetrics: ValidationMetrics {
  /// How many samples of each class (row) were given each class (column).
  public let confusion: [[Int]]

  /// Counts what was predicted.
  ///
  /// - Parameters:
  ///   - predictions: For every sample the index of the class it was given.
  ///   - truth: For every sample the index of its class.
  ///   - classCount: How many classes there are.
  /// - Throws: `ChemometricsError` when counts differ, there are no samples, or an index is no class.
  public init(
    predictions: [Int], truth: [Int], classCount: Int
  ) throws(ChemometricsError) {
    try checkCounts(predictions.count, truth.count)
    guard (predictions + truth).allSatisfy((0..<max(classCount, 0)).contains) else {
      throw ChemometricsError(
        .lengthMismatch, "a class lies outside 0…\(classCount - 1); number the classes from 0")
    }
    var confusion = [[Int]](repeating: [Int](repeating: 0, count: classCount), count: classCount)
    for (found, actual) in zip(predictions, truth) { confusion[actual][found] += 1 }
    self.confusion = confusion
  }

  /// The counts of several judgements of the same classes together.
  init(adding parts: [ClassificationMetrics]) {
    confusion = parts.dropFirst().reduce(into: parts.first?.confusion ?? []) { sum, part in
      for row in sum.indices {
        for column in sum[row].indices { sum[row][column] += part.confusion[row][column] }
      }
    }
  }

  /// The accuracy.
  public var principal: Double { accuracy }

  /// The accuracy, and that of classes that count the same.
  public static let figures = [
    ValidationFigure<Self>(name: "accuracy") { $0.accuracy },
    ValidationFigure<Self>(name: "balancedAccuracy") { $0.balancedAccuracy },
  ]

  /// True.
  public static let areShares = true

  /// The confusion of all parts together.
  public static func confusion(of parts: [Self]) -> [[Int]]? { Self(adding: parts).confusion }

  /// How many samples there were.
  public var count: Int { confusion.reduce(0) { $0 + $1.reduce(0, +) } }

  /// The share of samples that were given their class, 0…1.
  public var accuracy: Double {
    Double(confusion.indices.reduce(0) { $0 + confusion[$1][$1] }) / Double(count)
  }

  /// For every class the share of its samples that were given it (sensitivity), or nil without
  /// samples.
  public var recalls: [Double?] {
    confusion.enumerated().map { index, row in
      let count = row.reduce(0, +)
      return count == 0 ? nil : Double(row[index]) / Double(count)
    }
  }

  /// For every class the share of samples given it that are of it, or nil when none was.
  public var precisions: [Double?] {
    confusion.indices.map { index in
      let count = confusion.reduce(0) { $0 + $1[index] }
      return count == 0 ? nil : Double(confusion[index][index]) / Double(count)
    }
  }

  /// The mean recall of the classes that have samples, 0…1.
  public var balancedAccuracy: Double { recalls.compactMap(\.self).mean }
}

/// Checks that there is a prediction for every sample.
func checkCounts(_ predictionCount: Int, _ truthCount: Int) throws(ChemometricsError) {
  guard predictionCount == truthCount else {
    throw ChemometricsError(
      .lengthMismatch, "\(predictionCount) predictions do not go with \(truthCount) samples")
  }
  guard truthCount > 0 else {
    throw ChemometricsError(.tooFewSamples, "there are no samples to judge predictions by")
  }
}
