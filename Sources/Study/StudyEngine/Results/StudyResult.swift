public import Chemometrics
public import Statistics

/// What a study of spectra found.
public struct StudyResult: Sendable {
  /// The spectra.
  public let data: StudyData

  /// How the study was made; where the preparation was chosen, with that of the network that is kept.
  public let settings: StudySettings

  /// How well both models predict spectra that they have not seen.
  public let outcome: StudyOutcome

  /// How well both models do where labels or values are exchanged at random; nil when not tried.
  public let chance: ChanceOutcome?

  /// The network trained on all spectra, the one that is kept.
  public let network: FinalNetwork

  /// Where the evidence for every class lies, or for the quantity.
  public let evidence: [Evidence]

  /// What became of every sample in the parts where it was tested.
  public let samples: [SampleRecord]

  /// How long everything took, in seconds.
  public let timings: StudyTimings

  /// The preparations that were chosen, one text per division; empty where it was given.
  public var chosenPreprocessing: [String] = []

  /// What is lost while the bands that maps mark are hidden; nil where nothing was tested.
  public var bandRemoval: BandRemoval?
}

/// How well both models predict spectra that they have not seen, on the same splits.
public enum StudyOutcome: Sendable {
  /// Classes were told apart.
  case classes(ClassificationOutcome)
  /// A quantity was predicted.
  case quantity(RegressionOutcome)

  /// The splits that both models were judged on.
  public var splits: [ValidationSplit] {
    switch self {
    case .classes(let outcome): outcome.network.splits
    case .quantity(let outcome): outcome.network.splits
    }
  }

  /// How many components partial least squares had, split by split.
  public var componentCounts: [Int] {
    switch self {
    case .classes(let outcome): outcome.componentCounts
    case .quantity(let outcome): outcome.componentCounts
    }
  }
}

/// How well both models do where labels or values are exchanged at random between samples.
public struct ChanceOutcome: Sendable, Hashable {
  /// The networks' accuracies, or errors (RMSE) for a quantity, one per permutation.
  public let network: [Double]

  /// Those of partial least squares.
  public let partialLeastSquares: [Double]

  /// How probable the network's true figure would be if labels meant nothing.
  public let networkProbability: Double

  /// The same of partial least squares.
  public let partialLeastSquaresProbability: Double

  /// Takes the results of a permutation test.
  public init(
    network: [Double], partialLeastSquares: [Double], networkProbability: Double,
    partialLeastSquaresProbability: Double
  ) {
    self.network = network
    self.partialLeastSquares = partialLeastSquares
    self.networkProbability = networkProbability
    self.partialLeastSquaresProbability = partialLeastSquaresProbability
  }
}

/// How well classes were told apart.
public struct ClassificationOutcome: Sendable {
  /// The classes, in the order of all matrices.
  public let classNames: [String]

  /// The networks, one trained per split.
  public let network: ClassificationValidation

  /// PLS-LDA, fitted to the same training parts.
  public let partialLeastSquares: ClassificationValidation

  /// The differences of accuracy, network less PLS-LDA.
  public let comparison: PairedComparison

  /// How many components PLS-LDA had, split by split.
  public let componentCounts: [Int]

  /// How far the networks' outputs for test spectra were from another class, one per test spectrum
  /// over all splits (*purity*).
  public let purity: [ClassDifference]
}

/// How well a quantity was predicted.
public struct RegressionOutcome: Sendable {
  /// What was measured.
  public let quantity: String

  /// The networks, one trained per split.
  public let network: RegressionValidation

  /// PLS regression, fitted to the same training parts.
  public let partialLeastSquares: RegressionValidation

  /// The differences of the root mean square error, network less PLS.
  public let comparison: PairedComparison

  /// How many components PLS had, split by split.
  public let componentCounts: [Int]

  /// How many components the linear paths beside the networks' layers had, split by split; 0 for none.
  public var linearPathCounts: [Int] = []

  /// The networks' mean predictions of test spectra against known values (*linearity*).
  public let networkLinearity: QuantityDifference

  /// The same of PLS.
  public let partialLeastSquaresLinearity: QuantityDifference
}

/// What became of a sample in the parts where it was tested.
public struct SampleRecord: Sendable, Hashable {
  /// The index of the sample.
  public let sample: Int

  /// In how many test parts it was.
  public let testedCount: Int

  /// How often each class was given to it by the networks; empty in regression.
  public let networkVotes: [Int]

  /// How often each class was given to it by PLS-LDA; empty in regression.
  public let partialLeastSquaresVotes: [Int]

  /// The mean prediction of the networks in regression; nil when it was never tested.
  public let networkMean: Double?

  /// The mean prediction of PLS in regression; nil when it was never tested.
  public let partialLeastSquaresMean: Double?
}

/// How long the parts of a study took, in seconds of the clock.
public struct StudyTimings: Sendable, Hashable {
  /// Training networks and fitting PLS over all splits.
  public var validation = 0.0

  /// Training the network that is kept.
  public var training = 0.0

  /// Maps, bands, kernels and all else.
  public var evidence = 0.0
}
