import Chemometrics
import Explanations
import SpectralData
import SpectralLearning
public import StudyEngine

extension StudySummary {
  /// The numbers of a study.
  public init(_ result: StudyResult) throws {
    data = result.data.name
    sampleCount = result.data.count
    pointCount = result.network.axis.count
    axisUnit = result.network.axis.unit.option
    preprocessing = result.settings.preprocessing.description
    splitCount = result.outcome.splits.count
    architecture = type(of: result.settings.architecture).id
    parameterCount = result.network.parameterCount
    componentCounts = result.outcome.componentCounts
    chanceProbabilities = result.chance.map {
      [$0.networkProbability, $0.partialLeastSquaresProbability]
    }
    evidence = result.evidence.map(Target.init)
    seed = result.settings.training.seed
    seconds = [result.timings.validation, result.timings.training, result.timings.evidence]
    version = VitrineVersion.text
    switch result.outcome {
    case .classes(let outcome):
      classes = outcome.classNames
      network = try Performance(outcome.network)
      partialLeastSquares = try Performance(outcome.partialLeastSquares)
      comparison = Comparison(outcome.comparison)
    case .quantity(let outcome):
      quantity = outcome.quantity
      network = try Performance(outcome.network)
      partialLeastSquares = try Performance(outcome.partialLeastSquares)
      comparison = Comparison(outcome.comparison)
    }
  }
}

extension StudySummary.Performance {
  init(_ validation: ClassificationValidation) throws {
    accuracy = .init(try validation.summary())
    balancedAccuracy = .init(try validation.summary { $0.balancedAccuracy })
    confusion = validation.confusion
  }

  init(_ validation: RegressionValidation) throws {
    rootMeanSquareError = .init(try validation.summary())
    bias = .init(try validation.summary { $0.bias })
    if validation.metrics.allSatisfy({ $0.determination != nil }) {
      determination = .init(try validation.summary { $0.determination ?? 0 })
    }
  }
}

extension StudySummary.Comparison {
  init(_ comparison: PairedComparison) {
    difference = .init(comparison.difference)
    probability = comparison.probability
    counts = [
      comparison.firstLargerCount, comparison.equalCount, comparison.secondLargerCount,
    ]
  }
}

extension StudySummary.Target {
  init(_ evidence: Evidence) {
    name = evidence.name
    network = .init(evidence.network)
    partialLeastSquares = .init(evidence.partialLeastSquares)
    agreement = evidence.agreement
  }
}

extension StudySummary.Variables {
  init(_ evidence: ModelEvidence) {
    bands = evidence.bands.matches.map(StudySummary.Band.init)
    stability = evidence.distinction.meanCorrelation
    overlap = evidence.distinction.meanOverlap
  }
}

extension StudySummary.Band {
  init(_ match: BandMatch) {
    start = match.band.start
    peak = match.band.peak
    end = match.band.end
    share = match.band.share
    isPositive = match.band.isPositive
    assignments = match.known.map { band in
      band.group.map { "\(band.assignment) (\($0))" } ?? band.assignment
    }
  }
}
