import Chemometrics

/// Judges the predictions of all trials.
struct OutcomeBuilder {
  let data: StudyData
  let trials: [SplitTrial]

  private var splits: [ValidationSplit] { trials.map(\.split) }

  func outcome() throws(ChemometricsError) -> StudyOutcome {
    let found = trials.map(\.partialLeastSquaresPredictions)
    switch data.question {
    case .classes(let labels): return .classes(try classes(labels, found))
    case .quantity(let name, let values): return .quantity(try quantity(name, values, found))
    }
  }

  private func classes(
    _ labels: ClassLabels, _ found: [[Double]]
  ) throws(ChemometricsError) -> ClassificationOutcome {
    let network = try ClassificationValidation(
      predictions: trials.map(\.classes), classes: labels, splits: splits, groups: data.groups)
    let partialLeastSquares = try ClassificationValidation(
      predictions: found.map { $0.map { Int($0) } }, classes: labels, splits: splits,
      groups: data.groups)
    var purity: [ClassDifference] = []
    for trial in trials {
      for (row, sample) in zip(trial.scores, trial.split.test) {
        purity.append(
          try ClassDifference(scores: row.map(Double.init), target: labels.indices[sample]))
      }
    }
    return ClassificationOutcome(
      classNames: labels.names, network: network, partialLeastSquares: partialLeastSquares,
      comparison: try network.comparison(with: partialLeastSquares),
      componentCounts: trials.map(\.partialLeastSquares.componentCount), purity: purity)
  }

  private func quantity(
    _ name: String, _ values: [Double], _ found: [[Double]]
  ) throws(ChemometricsError) -> RegressionOutcome {
    let predictions = trials.map { $0.scores.map { Double($0[0]) } }
    let network = try RegressionValidation(
      predictions: predictions, truth: values, splits: splits)
    let partialLeastSquares = try RegressionValidation(
      predictions: found, truth: values, splits: splits)
    return RegressionOutcome(
      quantity: name, network: network, partialLeastSquares: partialLeastSquares,
      comparison: try network.comparison(with: partialLeastSquares),
      componentCounts: trials.map(\.partialLeastSquares.componentCount),
      linearPathCounts: trials.map(\.linearPathCount),
      networkLinearity: try linearity(predictions, values),
      partialLeastSquaresLinearity: try linearity(found, values))
  }

  /// Mean predictions of every tested sample against its known value.
  private func linearity(
    _ predictions: [[Double]], _ values: [Double]
  ) throws(ChemometricsError) -> QuantityDifference {
    let means = SampleMeans(predictions, splits, count: values.count).values
    let tested = values.indices.filter { means[$0] != nil }
    return try QuantityDifference(
      predictions: tested.compactMap { means[$0] }, truth: tested.map { values[$0] })
  }
}

/// The mean prediction of every sample over the parts where it was tested.
struct SampleMeans {
  /// One value per sample, nil where it was never tested.
  let values: [Double?]

  init(_ predictions: [[Double]], _ splits: [ValidationSplit], count: Int) {
    var (sums, counts) = ([Double](repeating: 0, count: count), [Int](repeating: 0, count: count))
    for (row, split) in zip(predictions, splits) {
      for (value, sample) in zip(row, split.test) {
        sums[sample] += value
        counts[sample] += 1
      }
    }
    values = zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : nil }
  }
}
