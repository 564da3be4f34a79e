import Chemometrics
import Explanations
import GraphExecution
import NetworkTraining
import TensorCore
import Testing

@testable import StudyEngine

/// Studies whose networks are means of several.
struct StartsTests {
  /// Integrated gradients are means of these over points of a path; how many points differs.
  @Test func `gradients of a mean are the mean of the gradients`() throws {
    let (dataset, strengths) = try OnePeak.dataset(count: 24, seed: 3)
    let data = try StudyData(
      dataset, name: "peaks", question: .quantity(name: "strength", values: strengths))
    let training = try TrainingData(rows: data.rows, targets: data.targets)
    var settings = TrainingSettings()
    settings.epochCount = 4
    let networks = try [UInt64(3), 8].map { seed in
      settings.seed = seed
      return try Trainer(PositionalNetwork(channels: [3, 2], kernels: [5, 3]))
        .train(training, settings: settings).network
    }
    let samples = Array(0..<24)
    let part = StudiedPart(
      data: data, rows: data.rows, samples: samples,
      background: Background(data.rows, samples, data))
    let maps = try (networks + [TrainedNetwork(joining: networks)]).map { network in
      try NetworkMaps(
        Model(network, name: "peaks"), method: try MethodCatalog.method("gradient-times-input"),
        EvidenceTarget.all(data.question), part, ofOwnClass: false
      ).values[0].maps
    }
    for sample in samples {
      let largest = maps[2][sample].map { abs($0) }.max() ?? 0
      for point in maps[2][sample].indices {
        let mean = (maps[0][sample][point] + maps[1][sample][point]) / 2
        #expect(abs(maps[2][sample][point] - mean) <= 1e-4 * largest)
      }
    }
  }

  @Test func `a study keeps the mean, and goes on with it`() throws {
    let (dataset, strengths) = try OnePeak.dataset(count: 24, seed: 7)
    let data = try StudyData(
      dataset, name: "peaks",
      question: .classes(ClassLabels(strengths.map { $0 > 0 ? "with" : "without" })))
    var settings = OnePeak.settings(.monteCarlo(MonteCarloSplits(count: 2)))
    settings.training.epochCount = 3
    settings.startCount = 2
    settings.furtherMethods = [.oneDimensionalGradCAM]
    let result = try SpectralStudy(data, settings).run()
    let names = result.network.training.network.weights.tensors.keys
    #expect(names.contains("start1.conv1.weight") && names.contains("start2.conv1.weight"))
    #expect(result.network.kernels.count == 6 && !result.network.layers.isEmpty)
    #expect(result.evidence[0].methodMaps.count == 2)
  }
}
