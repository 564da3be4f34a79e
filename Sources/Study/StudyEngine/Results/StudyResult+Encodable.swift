import Chemometrics
import Explanations
import NetworkTraining
import SpectralData
import Statistics

/// A study in numbers, for programs; positions are in the unit of the axis.
extension StudyResult: Encodable {
  private enum CodingKeys: String, CodingKey {
    case data, sampleCount, pointCount, axisUnit, preprocessing, chosenPreprocessing
    case architecture, parameterCount, startCount, chanceProbabilities, evidence, seed, seconds,
      version
  }

  /// Writes what was studied and how, how well both models predict, and their evidence.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(data.name, forKey: .data)
    try container.encode(data.count, forKey: .sampleCount)
    try container.encode(network.axis.count, forKey: .pointCount)
    try container.encode(network.axis.unit.option, forKey: .axisUnit)
    try container.encode(settings.preprocessing.description, forKey: .preprocessing)
    if !chosenPreprocessing.isEmpty {
      try container.encode(chosenPreprocessing, forKey: .chosenPreprocessing)
    }
    try container.encode(type(of: settings.architecture).id, forKey: .architecture)
    try container.encode(settings.startCount, forKey: .startCount)
    try container.encode(network.parameterCount, forKey: .parameterCount)
    try container.encodeIfPresent(chance, forKey: .chanceProbabilities)
    try container.encode(evidence, forKey: .evidence)
    try container.encode(settings.training.seed, forKey: .seed)
    try container.encode(timings, forKey: .seconds)
    try container.encode(VitrineVersion.text, forKey: .version)
    try outcome.encode(to: encoder)
  }
}

extension StudyOutcome: Encodable {
  private enum CodingKeys: String, CodingKey {
    case classes, quantity, splitCount, componentCounts, linearPathCounts, network,
      partialLeastSquares, comparison
  }

  /// Writes what was asked, and how well both models answer.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(splits.count, forKey: .splitCount)
    try container.encode(componentCounts, forKey: .componentCounts)
    switch self {
    case .classes(let outcome):
      try container.encode(outcome.classNames, forKey: .classes)
      try container.encode(outcome.network, forKey: .network)
      try container.encode(outcome.partialLeastSquares, forKey: .partialLeastSquares)
      try container.encode(outcome.comparison, forKey: .comparison)
    case .quantity(let outcome):
      try container.encode(outcome.quantity, forKey: .quantity)
      try container.encode(outcome.linearPathCounts, forKey: .linearPathCounts)
      try container.encode(outcome.network, forKey: .network)
      try container.encode(outcome.partialLeastSquares, forKey: .partialLeastSquares)
      try container.encode(outcome.comparison, forKey: .comparison)
    }
  }
}

extension ChanceOutcome: Encodable {
  /// Writes the probabilities of the network's figure and of that of partial least squares.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    try [networkProbability, partialLeastSquaresProbability].encode(to: encoder)
  }
}

extension StudyTimings: Encodable {
  /// Writes the seconds of validation, training and evidence.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    try [validation, training, evidence].encode(to: encoder)
  }
}
