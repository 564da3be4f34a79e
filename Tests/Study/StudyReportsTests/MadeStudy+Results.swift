import Chemometrics
import NetworkTraining
import SpectralData

@testable import StudyEngine

extension MadeStudy {
  /// A study of classes: the network takes one spectrum of the first class for the second in one of
  /// three divisions; the other model makes no error.
  static func classes(
    _ names: [String], unit: AxisUnit = .reciprocalCentimeter, grouped: Bool = true,
    settings: StudySettings = MadeStudy.settings, isPoor: Bool = false
  ) throws -> StudyResult {
    let labels = ClassLabels((0..<12 * names.count).map { names[$0 / 12] })
    let data = try data(.classes(labels), unit: unit, grouped: grouped)
    let splits = splits(3, of: labels.count)
    let truth = splits.map { split in split.test.map { labels.indices[$0] } }
    var wrong = truth
    if isPoor { wrong = truth.map { $0.map { ($0 + 1) % names.count } } } else { wrong[0][0] = 1 }
    let network = try ClassificationValidation(predictions: wrong, classes: labels, splits: splits)
    let partialLeastSquares = try ClassificationValidation(
      predictions: truth, classes: labels, splits: splits)
    var purity: [ClassDifference] = []
    for classes in truth {
      for index in classes {
        let scores = names.indices.map { $0 == index ? 3.0 : 1.0 }
        purity.append(try ClassDifference(scores: scores, target: index))
      }
    }
    let samples = labels.indices.indices.map { sample -> SampleRecord in
      let own = labels.indices[sample]
      var votes = [Int](repeating: 0, count: names.count)
      votes[own] = 1
      let right = votes
      if sample == splits[0].test[0] { (votes[own], votes[1]) = (0, 1) }
      return SampleRecord(
        sample: sample, testedCount: 1, networkVotes: votes, partialLeastSquaresVotes: right,
        networkMean: nil, partialLeastSquaresMean: nil)
    }
    let evidence = try labels.names.enumerated().map { index, name in
      // Amide I and a place without known bands; the other model shares the first.
      try self.evidence(
        name, index, data, network: [(32, 1), (24, -0.6)],
        partialLeastSquares: [(32, 1), (4, 0.5)],
        agreement: 0.75)
    }
    return StudyResult(
      data: data, settings: settings,
      outcome: .classes(
        ClassificationOutcome(
          classNames: labels.names, network: network, partialLeastSquares: partialLeastSquares,
          comparison: try network.comparison(with: partialLeastSquares),
          componentCounts: [3, 4, 4],
          purity: purity)), chance: nil, network: try self.network(data, settings),
      evidence: evidence,
      samples: samples, timings: StudyTimings())
  }

  /// A study of a quantity: the network's predictions are 0.5 too high throughout, those of the other
  /// model 0.1.
  static func quantity(name: String = "fat", grouped: Bool = true) throws -> StudyResult {
    let values = (0..<36).map { 10 + Double($0) }
    let data = try data(.quantity(name: name, values: values), grouped: grouped)
    let splits = splits(3, of: values.count)
    func validation(_ shift: Double) throws -> RegressionValidation {
      try RegressionValidation(
        predictions: splits.map { split in
          split.test.map { values[$0] + shift * ($0.isMultiple(of: 3) ? 1.1 : 0.95) }
        }, truth: values, splits: splits)
    }
    let (network, partialLeastSquares) = (try validation(0.5), try validation(0.1))
    let evidence = try evidence(
      name, nil, data, network: [(32, 0.2), (24, -0.1)], partialLeastSquares: [(32, 0.2)],
      agreement: 0.9)
    return StudyResult(
      data: data, settings: settings,
      outcome: .quantity(
        RegressionOutcome(
          quantity: name, network: network, partialLeastSquares: partialLeastSquares,
          comparison: try network.comparison(with: partialLeastSquares),
          componentCounts: [2, 2, 3], linearPathCounts: [2, 0, 2],
          networkLinearity: try QuantityDifference(
            predictions: values.map { 0.8 * $0 + 5 }, truth: values),
          partialLeastSquaresLinearity: try QuantityDifference(
            predictions: values.map { $0 + 0.1 }, truth: values))),
      chance: ChanceOutcome(
        network: [3, 4], partialLeastSquares: [3, 5], networkProbability: 1.0 / 3,
        partialLeastSquaresProbability: 1.0 / 3),
      network: try self.network(data, settings), evidence: [evidence],
      samples: values.indices.map {
        SampleRecord(
          sample: $0, testedCount: 1, networkVotes: [], partialLeastSquaresVotes: [],
          networkMean: values[$0] + 0.5, partialLeastSquaresMean: values[$0] + 0.1)
      }, timings: StudyTimings())
  }
}
