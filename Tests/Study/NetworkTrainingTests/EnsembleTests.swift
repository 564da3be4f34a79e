import Foundation
import GraphExecution
import ONNXFormat
import TensorCore
import TestSupport
import Testing

@testable import NetworkTraining

/// Networks from several starts as one.
struct EnsembleTests {
  static let architectures: [any NetworkArchitecture] = [
    PositionalNetwork(channels: [3, 2], kernels: [5, 3]),
    ThreeConvolutionNetwork(channels: [3, 3], kernels: [5, 3], dropout: 0.2),
    ResidualNetwork(ResidualLayers(stem: 4, stages: [4, 6], blockCount: 1)),
    InceptionNetwork(),
  ]

  private static var settings: TrainingSettings {
    var settings = TrainingSettings()
    settings.epochCount = 2
    return settings
  }

  private static func joined(
    _ architecture: any NetworkArchitecture, _ data: TrainingData, _ count: Int,
    path: LinearPath? = nil
  ) throws -> TrainedNetwork {
    try Trainer(architecture).train(
      data, startCount: count, settings: settings, linearPath: path, checkpoint: nil,
      augmentation: nil
    ).network
  }

  @Test(arguments: architectures.indices)
  func `scores are the mean of those of networks trained alone`(index: Int) throws {
    let data = try PlantedPeaks.classes(24, seed: 1)
    let architecture = Self.architectures[index]
    let network = try Self.joined(architecture, data, 3)
    var expected = [Float](repeating: 0, count: 24 * 3)
    for start in 0..<3 {
      var own = Self.settings
      own.seed = Trainer.seed(ofStart: start, own.seed)
      let alone = try Trainer(architecture).train(data, settings: own).network
      for (place, score) in try alone.predict(data.rows).flatMap(\.self).enumerated() {
        expected[place] += score / 3
      }
    }
    let scores = try network.predict(data.rows).flatMap(\.self)
    expectClose(
      Tensor(shape: [24, 3], elements: scores), Tensor(shape: [24, 3], elements: expected),
      absolute: 1e-5, relative: 1e-5)
    // In the file, behind the softmax.
    let file = try ONNXFile(network.onnx(), name: "network")
    let spectra = Tensor(shape: [24, 1, 60], elements: data.rows.elements)
    let outputs = try Program(file.graph(batch: 24)).run(["spectra": spectra])
    expectClose(
      try #require(outputs["probabilities"]),
      Tensor(
        shape: [24, 3],
        elements: try network.predict(data.rows, output: .probabilities).flatMap(\.self)),
      absolute: 1e-5, relative: 1e-4)
  }

  @Test func `one start is the training itself, others differ`() throws {
    let data = try PlantedPeaks.classes(24, seed: 1)
    let architecture = Self.architectures[0]
    let alone = try Trainer(architecture).train(data, settings: Self.settings).network
    #expect(try Self.joined(architecture, data, 1).weights == alone.weights)
    let two = try Self.joined(architecture, data, 2).weights.tensors
    for (name, tensor) in alone.weights.tensors { #expect(two["start1." + name] == tensor) }
    #expect(two["start1.conv1.weight"] != two["start2.conv1.weight"])
    #expect(two.count == 2 * alone.weights.tensors.count)
  }

  @Test func `a linear path is added once`() throws {
    let rows = PlantedPeaks.rows(20, seed: 8).rows
    let path = LinearPath(
      weights: Matrix([(0..<60).map { Float($0 % 7) - 3 }]), offsets: [2])
    let data = try TrainingData(
      rows: rows, targets: .values(rows.map { [path.values(of: $0)[0] + $0[3]] }))
    let network = try Self.joined(Self.architectures[0], data, 2, path: path)
    let rest = try Self.joined(Self.architectures[0], data.subtracting(path), 2)
    let expected = try zip(rest.predict(data.rows), rows).map { $0[0] + path.values(of: $1)[0] }
    expectClose(
      Tensor(shape: [20], elements: try network.predict(data.rows).flatMap(\.self)),
      Tensor(shape: [20], elements: expected), absolute: 2e-5, relative: 1e-5)
  }
}
