import Foundation
import GraphExecution
import NetworkTraining
import TensorCore

/// Times epochs of a training on made-up spectra; `python/compare_training.py` does the same.
enum TrainingTimes {
  /// Prints the median milliseconds of an epoch, the first left out.
  ///
  /// - Parameter words: The network's name in the catalog, spectra, points, batch size, epochs.
  /// - Throws: What is wrong with the words, or with the training.
  static func run(_ words: [String]) throws {
    let numbers = words.dropFirst().compactMap { Int($0) }
    guard words.count == 5, numbers.count == 4 else {
      throw BenchmarkError("vitrine-bench train NETWORK SPECTRA POINTS BATCH EPOCHS [--threads N]")
    }
    let (count, points) = (numbers[0], numbers[1])
    var generator = SplitMix64(seed: 1)
    let rows = (0..<count).map { _ in (0..<points).map { _ in generator.normal() } }
    let data = try TrainingData(
      rows: rows, targets: .classes((0..<count).map { $0 % 3 }, count: 3))
    var settings = TrainingSettings()
    settings.batchSize = numbers[2]
    settings.epochCount = numbers[3]
    let architecture = try ArchitectureCatalog.entry(words[0]).architecture()
    var times: [Double] = []
    var last = ContinuousClock.now
    _ = try Trainer(architecture).train(
      data, settings: settings,
      report: { _ in
        let now = ContinuousClock.now
        times.append((now - last) / .milliseconds(1))
        last = now
      })
    let later = times.dropFirst().sorted()
    print(later[later.count / 2])
  }
}
