import Chemometrics
package import Foundation
import GraphExecution
package import NetworkTraining
import Statistics
package import TensorCore

/// A linear path, and of how many components it is.
struct ChosenLinearPath: Sendable {
  let path: LinearPath
  let componentCount: Int
}

/// Finds the linear path beside a network of a quantity, from training spectra only.
package struct LinearPathFinder: Sendable {
  let data: StudyData
  let settings: StudySettings

  /// The training spectra, prepared.
  let rows: Matrix<Float>

  /// Which of the data's spectra they are.
  let samples: [Int]

  /// The seed of the training that the path is for.
  let seed: UInt64

  /// Where the state of that training is kept, if anywhere; those of the search lie beside it.
  let checkpoint: URL?

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - data: All spectra, and the quantity.
  ///   - settings: How networks are trained and how the path is found.
  ///   - rows: The training spectra, prepared.
  ///   - samples: Which of the data's spectra they are.
  ///   - seed: The seed of the training that the path is for.
  ///   - checkpoint: Where the state of that training is kept, if anywhere.
  package init(
    data: StudyData, settings: StudySettings, rows: Matrix<Float>, samples: [Int], seed: UInt64,
    checkpoint: URL?
  ) {
    (self.data, self.settings, self.rows) = (data, settings, rows)
    (self.samples, self.seed, self.checkpoint) = (samples, seed, checkpoint)
  }

  /// How many independent samples a fold has at least; with fewer there is nothing to choose by.
  private static let leastFoldSize = 3

  /// Finds the path, with several trainings at a time.
  ///
  /// - Returns: The path; nil where none serves better, or what is asked for are classes.
  /// - Throws: `CancellationError` when the task is cancelled; what fitting and training throw.
  package func path() throws -> LinearPath? {
    if case .none = settings.linearPath { return nil }
    guard data.labels == nil else { return nil }
    let model = try PartialLeastSquaresModel(rows, samples, data, settings)
    return try path(beside: model) { count, job in
      try ParallelTrainings.map(count, laneCount: settings.usedLaneCount, job)
    }?.path
  }

  /// Finds the path.
  ///
  /// - Parameters:
  ///   - model: PLS fitted to the same spectra, with as many components as it has by itself.
  ///   - map: Runs jobs and collects what they give, each on a lane.
  /// - Returns: The path; nil where none serves better, or what is asked for are classes.
  /// - Throws: `CancellationError` when the search was ended; what fitting and training throw.
  func path(
    beside model: PartialLeastSquaresModel,
    _ map: (Int, @escaping @Sendable (Int, ExecutionLane, () -> Bool) throws -> [Double]) throws ->
      [[Double]]
  ) throws -> ChosenLinearPath? {
    guard case .quantity(_, let values) = data.question else { return nil }
    switch settings.linearPath {
    case .none: return nil
    case .fixed(let count):
      let components = try Self.fit(rows, samples.map { values[$0] }, count: count)
      return try Self.chosen(components, components.componentCount)
    case .searched(let search):
      let layout = try data.layout(of: samples)
      guard layout.groupCount >= Self.leastFoldSize * search.foldCount else { return nil }
      let counts = search.candidates(upTo: model.componentCount)
      let splits = try KFoldSplits(foldCount: search.foldCount, seed: seed).splits(of: layout)
      let folds = try map(splits.count) { fold, lane, isCancelled in
        try self.squares(
          counts, values, splits[fold], search, fold: fold, lane: lane, isCancelled: isCancelled)
      }
      let squares = counts.indices.map { place in
        folds.flatMap { fold in
          let size = fold.count / counts.count
          return fold[place * size..<(place + 1) * size]
        }
      }
      let count = counts[Self.best(squares)]
      return count == 0 ? nil : try Self.chosen(model.components, count)
    }
  }

  /// Which of several ways errs least; the first, unless another is better by more than one standard
  /// error of the mean difference.
  ///
  /// - Parameter squares: For every way the squared errors of the same samples.
  /// - Returns: The place of the way.
  static func best(_ squares: [[Double]]) -> Int {
    let means = squares.map(\.mean)
    let best = means.indices.min { (means[$0], $0) < (means[$1], $1) } ?? 0
    let gains = zip(squares[0], squares[best]).map { $0 - $1 }
    let error = (gains.sampleVariance / Double(gains.count)).squareRoot()
    return gains.mean > error ? best : 0
  }

  /// The squared errors of one fold: for every number of components those of all its samples.
  private func squares(
    _ counts: [Int], _ values: [Double], _ split: ValidationSplit, _ search: LinearPathSearch,
    fold: Int, lane: ExecutionLane, isCancelled: () -> Bool
  ) throws -> [Double] {
    let known = split.training.map { values[samples[$0]] }
    let training = rows.selecting(rows: split.training)
    let components = try Self.fit(training, known, count: counts[counts.count - 1])
    let paths = try counts.map { count in
      try count == 0 ? nil : Self.path(components, min(count, components.componentCount))
    }
    let result = try Trainer(settings.architecture, lane: lane).train(
      TrainingData(
        rows: training, targets: .values(known.map { value in counts.map { _ in Float(value) } })),
      settings: trainingSettings(search, fold: fold),
      linearPath: LinearPath(joining: paths, pointCount: rows.columnCount),
      checkpoint: checkpoint.map {
        $0.deletingPathExtension().appendingPathExtension("path-\(fold + 1).npz")
      },
      resumes: true, augmentation: settings.augmentation.ofSpectra, isCancelled: isCancelled)
    if result.ending == .cancelled { throw CancellationError() }
    let found = try result.network.predict(rows.selecting(rows: split.test), lane: lane)
    return counts.indices.flatMap { place in
      zip(found, split.test).map { scores, sample in
        let error = Double(scores[place]) - values[samples[sample]]
        return error * error
      }
    }
  }

  private func trainingSettings(_ search: LinearPathSearch, fold: Int) -> TrainingSettings {
    var training = settings.training
    var generator = SplitMix64(seed: seed, stream: fold, of: .divisionStarts)
    training.seed = generator.next()
    training.epochCount = max(1, Int(search.epochShare * Double(training.epochCount)))
    training.warmUpEpochCount = min(training.warmUpEpochCount, training.epochCount)
    return training
  }

  private static func fit(
    _ rows: Matrix<Float>, _ values: [Double], count: Int
  ) throws(ChemometricsError) -> FittedPartialLeastSquares {
    try PartialLeastSquares(componentCount: count)
      .fit(try Matrix<Double>(rows: rows), try Matrix<Double>(column: values))
  }

  private static func chosen(
    _ components: FittedPartialLeastSquares, _ count: Int
  ) throws(ChemometricsError) -> ChosenLinearPath {
    ChosenLinearPath(path: try path(components, count), componentCount: count)
  }

  private static func path(
    _ components: FittedPartialLeastSquares, _ count: Int
  ) throws(ChemometricsError) -> LinearPath {
    let coefficients = try components.coefficients(componentCount: count)
    return LinearPath(
      weights: Matrix(
        rowCount: coefficients.rowCount, columnCount: coefficients.columnCount,
        elements: coefficients.elements.map { Float($0) }),
      offsets: try components.intercepts(componentCount: count).map { Float($0) })
  }
}

extension LinearPath {
  /// Paths one below the other; those that are not there say 0.
  fileprivate init(joining paths: [LinearPath?], pointCount: Int) {
    let none = [Float](repeating: 0, count: pointCount)
    self.init(
      weights: Matrix(
        rowCount: paths.count, columnCount: pointCount,
        elements: paths.flatMap { $0?.weights.elements ?? none }),
      offsets: paths.map { $0?.offsets[0] ?? 0 })
  }
}
