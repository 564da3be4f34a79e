package import Foundation
import TensorCore

extension Trainer {
  /// Trains networks from several starts and joins them to one that gives the mean of what they say.
  ///
  /// - Parameters:
  ///   - data: Training spectra.
  ///   - startCount: How many networks are trained, at least one; the first as by `train`.
  ///   - settings: How.
  ///   - linearPath: What leads straight to measured values beside the layers of all.
  ///   - checkpoint: Where the state of the first is kept, if anywhere; those of others lie beside it.
  ///   - augmentation: Changes spectra before they are trained on.
  ///   - isCancelled: Whether to end now; asked before every step.
  ///   - report: Is told about every epoch, and of which start it is, from 0.
  /// - Returns: The joined network, with the history of the first; what there is of a network whose
  ///   training was cancelled.
  /// - Throws: As `train`.
  package func train(
    _ data: TrainingData, startCount: Int, settings: TrainingSettings, linearPath: LinearPath?,
    checkpoint: URL?, augmentation: Augmentation?,
    isCancelled: () -> Bool = { Task.isCancelled },
    report: (Int, TrainingProgress) -> Void = { _, _ in }
  ) throws -> TrainingResult {
    precondition(startCount >= 1, "at least one start")
    var results: [TrainingResult] = []
    for start in 0..<startCount {
      var own = settings
      own.seed = Self.seed(ofStart: start, settings.seed)
      let result = try train(
        data, settings: own, linearPath: linearPath,
        checkpoint: start == 0
          ? checkpoint
          : checkpoint.map {
            $0.deletingPathExtension().appendingPathExtension("start-\(start + 1).npz")
          },
        resumes: true, augmentation: augmentation, isCancelled: isCancelled,
        report: { report(start, $0) })
      if result.ending == .cancelled { return result }
      results.append(result)
    }
    let first = results[0]
    return TrainingResult(
      network: TrainedNetwork(joining: results.map(\.network)), history: first.history,
      ending: first.ending, chosenEpoch: first.chosenEpoch)
  }

  /// The seed of a start; the first has that of the training itself.
  static func seed(ofStart start: Int, _ seed: UInt64) -> UInt64 {
    guard start > 0 else { return seed }
    var generator = SplitMix64(seed: seed, stream: -start, of: .divisionStarts)
    return generator.next()
  }
}
