public import Chemometrics
public import Explanations
import Foundation
public import NetworkTraining
public import SpectralData

/// How a study is made.
public struct StudySettings: Sendable {
  /// The layers of the networks.
  public var architecture: any NetworkArchitecture

  /// How networks are trained.
  public var training: TrainingSettings

  /// From how many starts a network is trained on each division, and on all spectra; the mean of what
  /// they say is what is judged, explained and kept.
  public var startCount = 1

  /// How spectra are prepared, for both models; fitted to training parts only.
  public var preprocessing = PreprocessingPipeline()

  /// When the preparation is chosen inside the training spectra instead.
  public var preprocessingSearch = PreprocessingSearch.never

  /// How spectra are divided into training and test parts.
  public var validation = StudyValidation.monteCarlo(MonteCarloSplits())

  /// How often labels or values are exchanged at random, to see what chance can do; 0 for not at all.
  public var permutationCount = 0

  /// How training spectra are varied at random while networks learn; steps that mix spectra cannot be
  /// used.
  public var augmentation = AugmentationPipeline()

  /// How the number of components of PLS is found.
  public var componentSearch = ComponentSearch()

  /// What leads straight to a quantity beside the layers of the networks; not there for classes.
  public var linearPath = LinearPathComponents.searched(LinearPathSearch())

  /// The method whose maps are followed over the splits.
  public var method = ExplanationMethod.integratedGradients

  /// Further methods that explain the network that is kept.
  public var furtherMethods: [ExplanationMethod] = [
    .oneDimensionalGradCAM, .gradCAM, .relevanceCAM, .relevanceMap, .layerwiseRelevance,
  ]

  /// From which magnitude on a stretch of a map is a band.
  public var activeBands = ActiveBands(
    threshold: .fractionOfMaximum(0.25), minimumPointCount: 2, bridgedPointCount: 2)

  /// What the samples are made of; without it no built-in band is matched, so that no chemistry is named
  /// that nobody has reason to expect.
  public var materials: [Material] = []

  /// Further bands that are known of the samples.
  public var ownBands = BandTable([])

  /// All bands that are matched.
  package var knownBands: BandTable {
    BandTable(ownBands.bands + BandTable(of: materials).bands)
  }

  /// How far bands may lie apart and still match, in units of the axis.
  public var bandTolerance = 0.0

  /// How many trainings run at a time, each on one thread; nil for as many as there are processors.
  public var laneCount: Int?

  /// How many trainings run at a time.
  var usedLaneCount: Int { laneCount ?? ProcessInfo.processInfo.activeProcessorCount }

  /// Creates settings with their defaults.
  ///
  /// - Parameter architecture: The layers of the networks, trained with their usual learning rate.
  public init(architecture: any NetworkArchitecture = PositionalNetwork()) {
    self.architecture = architecture
    training = TrainingSettings()
    training.learningRate = architecture.usualLearningRate
  }
}

/// How spectra are divided into training and test parts.
public enum StudyValidation: Sendable, Hashable {
  /// Many random divisions.
  case monteCarlo(MonteCarloSplits)
  /// Every spectrum is tested once.
  case folds(KFoldSplits)
  /// Every group is tested once, by models that have seen all others.
  case leaveOneGroupOut
  /// Given divisions, such as the one of a publication.
  case given([ValidationSplit])

  /// The divisions of samples.
  ///
  /// - Throws: `ChemometricsError` when the samples cannot be divided so.
  public func splits(of layout: SampleLayout) throws(ChemometricsError) -> [ValidationSplit] {
    switch self {
    case .monteCarlo(let settings): try settings.splits(of: layout)
    case .folds(let settings): try settings.splits(of: layout)
    case .leaveOneGroupOut: try LeaveOneGroupOut().splits(of: layout)
    case .given(let splits): splits
    }
  }
}
