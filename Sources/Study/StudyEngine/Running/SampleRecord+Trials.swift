import Chemometrics
import TensorCore

extension SampleRecord {
  /// What became of every sample.
  static func all(of data: StudyData, _ trials: [SplitTrial]) -> [Self] {
    let predictions = trials.map(\.partialLeastSquaresPredictions)
    let splits = trials.map(\.split)
    var tested = [Int](repeating: 0, count: data.count)
    for split in splits { for sample in split.test { tested[sample] += 1 } }
    guard let labels = data.labels else {
      let network = SampleMeans(
        trials.map { $0.scores.map { Double($0[0]) } }, splits, count: data.count)
      let partialLeastSquares = SampleMeans(predictions, splits, count: data.count)
      return data.rows.indices.map {
        SampleRecord(
          sample: $0, testedCount: tested[$0], networkVotes: [], partialLeastSquaresVotes: [],
          networkMean: network.values[$0], partialLeastSquaresMean: partialLeastSquares.values[$0])
      }
    }
    let none = [[Int]](repeating: labels.names.map { _ in 0 }, count: data.count)
    var (network, partialLeastSquares) = (none, none)
    for (trial, found) in zip(trials, predictions) {
      for (place, sample) in trial.split.test.enumerated() {
        network[sample][trial.classes[place]] += 1
        partialLeastSquares[sample][Int(found[place])] += 1
      }
    }
    return data.rows.indices.map {
      SampleRecord(
        sample: $0, testedCount: tested[$0], networkVotes: network[$0],
        partialLeastSquaresVotes: partialLeastSquares[$0], networkMean: nil,
        partialLeastSquaresMean: nil)
    }
  }
}
