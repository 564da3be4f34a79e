import Catalogs
import Foundation
import GraphExecution
import TensorCore
import TestSupport
import Testing

@testable import NetworkTraining

struct TrainerTests {
  private func settings(_ change: (inout TrainingSettings) -> Void = { _ in }) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.epochCount = 12
    settings.batchSize = 16
    settings.learningRate = 1e-2
    change(&settings)
    return settings
  }

  private func accuracy(_ network: TrainedNetwork, _ data: TrainingData) throws -> Double {
    guard case .classes(let classes, _) = data.targets else { return .nan }
    let scores = try network.predict(data.rows)
    let hits = zip(scores, classes).count { row, label in
      row.indices.max { row[$0] < row[$1] } == label
    }
    return Double(hits) / Double(classes.count)
  }

  @Test(arguments: ArchitectureCatalog.entries.map(\.id))
  func `every architecture learns planted peaks`(id: String) throws {
    let given: [String: [String: String]] = [
      "three-convolutions": ["channels": "8,12,16", "kernels": "7,5,3"],
      "resnet-flatten": ["stem": "8", "stages": "8,12", "blocks": "1"],
      "resnet-average": ["stem": "8", "stages": "8,12", "blocks": "1"],
    ]
    let network = try ArchitectureCatalog.entry(id).architecture(given[id] ?? [:])
    let result = try Trainer(network).train(
      PlantedPeaks.classes(150, seed: 1), settings: settings { $0.epochCount = 25 })
    #expect(result.ending == .completed && result.history.count == 25)
    #expect(try accuracy(result.network, PlantedPeaks.classes(90, seed: 2)) > 0.95)
  }

  @Test func `a regression finds the strength of a peak`() throws {
    // What is measured is at one place, which an average over positions does not tell.
    let network = PositionalNetwork(channels: [8, 8, 8], kernels: [7, 5, 3])
    let result = try Trainer(network).train(
      PlantedPeaks.strengths(200, seed: 1), settings: settings { $0.epochCount = 40 })
    let test = try PlantedPeaks.strengths(100, seed: 2)
    guard case .values(let values) = test.targets else { return }
    let predicted = try result.network.predict(test.rows)
    let error = zip(predicted, values).reduce(0) { $0 + pow($1.0[0] - $1.1[0], 2) } / 100
    // The strengths have a variance of 1/12.
    #expect(error < 0.25 / 12, "mean squared error \(error)")
  }

  @Test func `losses and accuracies of the history are those of the network`() throws {
    let data = try PlantedPeaks.classes(48, seed: 1)
    let test = try PlantedPeaks.classes(30, seed: 2)
    let result = try Trainer(smallNetwork).train(data, validation: test, settings: settings())
    let chosen = result.history[result.chosenEpoch - 1]
    #expect(chosen.validationLoss == result.history.compactMap(\.validationLoss).min())
    let own = try accuracy(result.network, test)
    let told = try #require(chosen.validationAccuracy)
    #expect(abs(own - Double(told)) < 1e-6)
    let probabilities = try result.network.predict(test.rows, output: .probabilities)
    guard case .classes(let classes, _) = test.targets else { return }
    let loss =
      zip(probabilities, classes).reduce(0) { $0 - log(Double($1.0[$1.1])) }
      / Double(classes.count)
    let toldLoss = try #require(chosen.validationLoss)
    #expect(abs(loss - Double(toldLoss)) < 1e-4)
  }

  @Test func `the same seed gives the same weights bit by bit, another seed others`() throws {
    let data = try PlantedPeaks.classes(50, seed: 1)
    let network = ThreeConvolutionNetwork(
      channels: [8, 12, 16], kernels: [7, 5, 3], dropout: 0.2)
    func weights(_ seed: UInt64, _ trainer: Trainer) throws -> NetworkWeights {
      let augmentation: Trainer.Augmentation = { row, generator in
        for index in row.indices { row[index] += 0.01 * generator.normal() }
      }
      return try trainer.train(
        data, settings: settings { $0.seed = seed }, augmentation: augmentation
      ).network.weights
    }
    let trainer = Trainer(network)
    let first = try weights(4, trainer)
    #expect(try weights(4, trainer) == first)
    #expect(try weights(4, Trainer(network)) == first)
    #expect(try weights(5, trainer) != first)
  }

  @Test func `lanes running at the same time give what one gives alone`() throws {
    let data = try PlantedPeaks.classes(40, seed: 1)
    let settings = settings { $0.epochCount = 3 }
    let together = try ParallelTrainings.map(4, laneCount: 2) { index, lane, _ in
      var own = settings
      own.seed = UInt64(index)
      return try Trainer(smallNetwork, lane: lane).train(data, settings: own).network.weights
    }
    let lane = try ExecutionLane(threadCount: 1)
    for (index, weights) in together.enumerated() {
      var own = settings
      own.seed = UInt64(index)
      let alone = try Trainer(smallNetwork, lane: lane).train(data, settings: own)
      #expect(alone.network.weights == weights)
    }
  }

  @Test(arguments: [Optimizer.adamW(), .momentum(0.9, isNesterov: true)])
  func `a resumed training ends as an uninterrupted one`(optimizer: Optimizer) throws {
    let data = try PlantedPeaks.classes(40, seed: 1)
    let test = try PlantedPeaks.classes(20, seed: 2)
    let settings = settings {
      $0.optimizer = optimizer
      $0.schedule = .plateau(factor: 0.5, patience: 2)
    }
    let whole = try Trainer(smallNetwork).train(data, validation: test, settings: settings)
    let folder = try TemporaryFolder()
    let file = URL(filePath: folder.path("state.npz"))
    var stepCount = 0
    let broken = try Trainer(smallNetwork).train(
      data, validation: test, settings: settings, checkpoint: file,
      isCancelled: {
        stepCount += 1
        return stepCount > 14
      })
    #expect(broken.ending == .cancelled && (1..<12).contains(broken.history.count))
    let resumed = try Trainer(smallNetwork).train(
      data, validation: test, settings: settings, checkpoint: file, resumes: true)
    #expect(resumed.history.first?.epoch == broken.history.count + 1)
    #expect(resumed.network.weights == whole.network.weights)
    #expect(resumed.chosenEpoch == whole.chosenEpoch)
  }

  @Test func `a checkpoint of another training is refused`() throws {
    let folder = try TemporaryFolder()
    let file = URL(filePath: folder.path("state.npz"))
    let data = try PlantedPeaks.classes(30, seed: 1)
    let settings = settings { $0.epochCount = 1 }
    _ = try Trainer(smallNetwork).train(data, settings: settings, checkpoint: file)
    let other = try PlantedPeaks.classes(30, seed: 2)
    #expect {
      try Trainer(smallNetwork).train(
        other, settings: settings, checkpoint: file, resumes: true)
    } throws: { ($0 as? LearningError)?.code == .unsuitableCheckpoint }
    try Data("no archive".utf8).write(to: file)
    #expect {
      try Trainer(smallNetwork).train(data, settings: settings, checkpoint: file, resumes: true)
    } throws: { ($0 as? LearningError)?.code == .unsuitableCheckpoint }
  }

  @Test func `patience ends a training that does not improve`() throws {
    var generator = SplitMix64(seed: 1)
    let rows = (0..<40).map { _ in (0..<30).map { _ in generator.normal() } }
    let labels = (0..<40).map { _ in Int(generator.next() % 2) }
    let noise = try TrainingData(rows: rows, targets: .classes(labels, count: 2))
    let result = try Trainer(smallNetwork).train(
      noise.part(Array(0..<20)), validation: noise.part(Array(20..<40)),
      settings: settings {
        $0.epochCount = 200
        $0.patience = 5
        $0.schedule = .constant
      })
    #expect(result.ending == .stoppedEarly)
    #expect(result.history.count == result.chosenEpoch + 5)
  }

  @Test func `a loss that is no number is an error that says what to do`() throws {
    #expect {
      try Trainer(smallNetwork).train(
        PlantedPeaks.strengths(30, seed: 1),
        settings: settings {
          $0.learningRate = 1e30
          $0.optimizer = .momentum(0.9)
        })
    } throws: { "\($0)".contains("learning rate") }
  }

  @Test func `data that cannot be trained on are refused with their place`() {
    #expect {
      try TrainingData(rows: [[1, 2], [1]], targets: .classes([0, 1], count: 2))
    } throws: {
      "\($0)".contains("spectrum 1")
    }
    #expect { try TrainingData(rows: [[1, .nan]], targets: .values([[1]])) } throws: {
      "\($0)".contains("not finite")
    }
    #expect { try TrainingData(rows: [[1], [2]], targets: .classes([0, 2], count: 2)) } throws: {
      "\($0)".contains("class 2")
    }
    #expect { try ArchitectureCatalog.entry("resnet") } throws: {
      "\($0)".contains("three-convolutions")
    }
    #expect { try ThreeConvolutionNetwork.entry.architecture(["kernels": "4,3,3"]) } throws: {
      "\($0)".contains("kernels is odd")
    }
  }

  @Test(
    arguments: [
      ("positional", "kernels", "3,3", "one number for each of channels, 3, not 2"),
      ("positional", "dropout", "1", "dropout is a number from 0 to less than 1, not \"1\""),
      ("resnet-flatten", "kernel", "4", "kernel is an odd whole number in 1…255, not \"4\""),
      ("deepspectra", "stages", "3", "it has stem, branch, hidden, dropout"),
    ])
  func `a setting that does not fit says what would`(
    id: String, name: String, value: String, part: String
  ) throws {
    let error = try #require(throws: LearningError.self) {
      try ArchitectureCatalog.entry(id).architecture([name: value])
    }
    #expect(error.code == .invalidSetting && error.description.hasPrefix(id))
    #expect(error.description.contains(part))
  }

  @Test(arguments: ArchitectureCatalog.entries.map(\.id))
  func `the settings of an architecture give the same one`(id: String) throws {
    let entry = try ArchitectureCatalog.entry(id)
    let settings = try entry.architecture().settings
    #expect(Set(settings.keys) == Set(entry.parameters.map(\.name)))
    #expect(try entry.architecture(settings).settings == settings)
  }

  @Test(arguments: [1, 2, 5, 16, 17, 31, 84, 100], [1, 7, 16, 32])
  func `batches hold every spectrum once and are equally large`(count: Int, size: Int) {
    let plan = BatchPlan(sampleCount: count, wantedSize: size)
    let batches = plan.batches(Array(0..<count))
    #expect(batches.count == plan.batchCount)
    #expect(batches.allSatisfy { $0.indices.count == plan.batchSize })
    #expect(batches.flatMap { $0.indices.prefix($0.countedCount) } == Array(0..<count))
  }
}
