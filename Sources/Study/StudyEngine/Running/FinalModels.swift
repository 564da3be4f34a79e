import Chemometrics
import Explanations
import Foundation
import NetworkTraining
import SpectralData
import Statistics
import TensorCore

/// The models fitted to all spectra.
struct FinalModels {
  let data: StudyData
  let training: TrainingResult

  /// How many components the linear path beside the network's layers has; 0 for none.
  let linearPathCount: Int

  /// How spectra are prepared: given, or chosen.
  let pipeline: PreprocessingPipeline

  let preprocessing: FittedPreprocessingPipeline

  /// The axis of prepared spectra.
  let axis: SpectralAxis

  /// All spectra, prepared.
  let rows: Matrix<Float>

  let model: Model

  /// What its evidence is counted from.
  let background: Background

  let partialLeastSquares: PartialLeastSquaresModel

  /// Trains on all spectra with all processors.
  init(
    _ data: StudyData, _ settings: StudySettings, _ checkpoints: URL?,
    _ report: (SpectralStudy.Progress) -> Void
  ) throws {
    self.data = data
    pipeline = try PreprocessingChooser(data, settings).pipeline(for: Array(data.rows.indices))
    (preprocessing, rows) = try pipeline.fitTransform(data.rows, on: data.axis)
    axis = try preprocessing.axis(after: data.axis)
    partialLeastSquares = try PartialLeastSquaresModel(rows, Array(rows.indices), data, settings)
    let checkpoint = checkpoints?.appending(path: "all.npz")
    let linear = try LinearPathFinder(
      data: data, settings: settings, rows: rows, samples: Array(rows.indices),
      seed: settings.training.seed, checkpoint: checkpoint
    ).path(beside: partialLeastSquares) { count, job in
      try ParallelTrainings.map(count, laneCount: settings.usedLaneCount, job)
    }
    linearPathCount = linear?.componentCount ?? 0
    training = try Trainer(settings.architecture).train(
      TrainingData(rows: rows, targets: data.targets), startCount: settings.startCount,
      settings: settings.training, linearPath: linear?.path, checkpoint: checkpoint,
      augmentation: settings.augmentation.ofSpectra,
      report: { start, epoch in
        report(
          SpectralStudy.Progress(
            stage: .training, done: start * epoch.epochCount + epoch.epoch,
            total: settings.startCount * epoch.epochCount, detail: epoch.description))
      })
    if training.ending == .cancelled { throw CancellationError() }
    background = Background(rows, Array(rows.indices), data)
    model = try Model(training.network, name: data.name, labels: data.labels?.names)
  }

  /// The network with what its layers do.
  func studied() throws -> FinalNetwork {
    let weights = training.network.weights.tensors
    return FinalNetwork(
      training: training, preprocessing: preprocessing, axis: axis,
      parameterCount: weights.values.reduce(0) { $0 + $1.elements.count }
        + (training.network.linearPath.map { $0.weights.elements.count + 1 } ?? 0),
      linearPathCount: linearPathCount,
      kernels: try LearnedKernel.firstLayer(of: training.network),
      layers: try LayerResponse.all(of: model, subjects: subjects), background: background,
      slope: TargetSignal.slopes(of: rows, Array(rows.indices), data.question))
  }

  /// The mean spectra that layers are shown for.
  private var subjects: [(name: String, spectrum: [Float])] {
    guard let labels = data.labels else { return [("all spectra", mean(rows))] }
    return labels.names.enumerated().map { index, name in
      (name, mean(rows.indices.filter { labels.indices[$0] == index }.lazy.map { rows[$0] }))
    }
  }

  private func mean(_ rows: some Collection<[Float]>) -> [Float] {
    rows.columnMeans.map { Float($0) }
  }
}
