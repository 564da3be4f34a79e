import Chemometrics

/// A study in numbers, for programs; positions are in the unit of the axis.
public struct StudySummary: Codable, Sendable, Hashable {
  /// A figure of merit over splits.
  public struct Figure: Codable, Sendable, Hashable {
    /// The mean over splits.
    public var mean: Double

    /// The standard deviation over splits.
    public var deviation: Double

    /// The 95 % confidence interval of the mean (Nadeau and Bengio); nil for one split.
    public var interval: [Double]?

    /// One value per split.
    public var values: [Double]

    init(_ summary: ResampledSummary) {
      mean = summary.mean
      deviation = summary.standardDeviation
      interval = summary.meanInterval.map { [$0.lower, $0.upper] }
      values = summary.values
    }
  }

  /// How well a model predicts.
  public struct Performance: Codable, Sendable, Hashable {
    /// Accuracy 0…1, for classes.
    public var accuracy: Figure?

    /// Balanced accuracy 0…1, for classes.
    public var balancedAccuracy: Figure?

    /// Samples of each class (row) that were given each class (column), over all splits.
    public var confusion: [[Int]]?

    /// Root mean square error of prediction, for a quantity.
    public var rootMeanSquareError: Figure?

    /// Mean deviation of predictions, for a quantity.
    public var bias: Figure?

    /// R² of predictions, for a quantity; nil where it is not defined in every split.
    public var determination: Figure?
  }

  /// How both models compare, network less partial least squares.
  public struct Comparison: Codable, Sendable, Hashable {
    /// The difference of accuracy, or of the error.
    public var difference: Figure

    /// How probable so large a difference is between equal models (corrected t-test).
    public var probability: Double?

    /// In how many splits the network's figure is the larger, equal, the smaller one.
    public var counts: [Int]
  }

  /// A band of a map.
  public struct Band: Codable, Sendable, Hashable {
    /// Where it begins.
    public var start: Double

    /// Where its magnitude is largest.
    public var peak: Double

    /// Where it ends.
    public var end: Double

    /// The share of all magnitude, 0…1.
    public var share: Double

    /// Whether it speaks for the class or rising values.
    public var isPositive: Bool

    /// Known bands here, nearest first.
    public var assignments: [String]
  }

  /// The evidence of one model for a class or quantity.
  public struct Variables: Codable, Sendable, Hashable {
    /// The bands of the distinguishing map.
    public var bands: [Band]

    /// The mean correlation of the maps of any two splits.
    public var stability: Double?

    /// The mean overlap of their active points.
    public var overlap: Double?
  }

  /// The evidence for a class or quantity.
  public struct Target: Codable, Sendable, Hashable {
    /// The class or quantity.
    public var name: String

    /// The network's.
    public var network: Variables

    /// That of partial least squares.
    public var partialLeastSquares: Variables

    /// The correlation of both models' maps.
    public var agreement: Double?
  }

  /// The spectra.
  public var data: String

  /// How many there are.
  public var sampleCount: Int

  /// How many points each has.
  public var pointCount: Int

  /// The unit of the axis.
  public var axisUnit: String

  /// The classes; nil for a quantity.
  public var classes: [String]?

  /// The quantity; nil for classes.
  public var quantity: String?

  /// How spectra were prepared.
  public var preprocessing: String

  /// How many divisions there were.
  public var splitCount: Int

  /// The network's layers, by name in the catalog.
  public var architecture: String

  /// How many numbers it has learned.
  public var parameterCount: Int

  /// How well the network predicts.
  public var network: Performance

  /// How well PLS-LDA or PLS regression predicts.
  public var partialLeastSquares: Performance

  /// The number of components, split by split.
  public var componentCounts: [Int]

  /// How both compare.
  public var comparison: Comparison

  /// How probable the figures of the network and of partial least squares would be if labels meant
  /// nothing (permutation test); nil when not tried.
  public var chanceProbabilities: [Double]?

  /// The evidence.
  public var evidence: [Target]

  /// The seed of all random numbers.
  public var seed: UInt64

  /// Seconds of validation, training and evidence.
  public var seconds: [Double]

  /// The version of this software.
  public var version: String
}
