import Foundation
import GraphExecution
import GraphIR
import NetworkTraining
import ONNXFormat
import Operations
import TensorCore
import TestSupport
import Testing

struct ExportTests {
  private func trained(_ network: any NetworkArchitecture) throws -> TrainedNetwork {
    var settings = TrainingSettings()
    settings.epochCount = 2
    return try Trainer(network).train(PlantedPeaks.classes(30, seed: 1), settings: settings).network
  }

  static let architectures: [any NetworkArchitecture] = [
    ThreeConvolutionNetwork(channels: [4, 5, 6], kernels: [7, 5, 3]),
    ResidualNetwork(ResidualLayers(stem: 4, stages: [4, 6], blockCount: 1)),
    ResidualAverageNetwork(ResidualLayers(stem: 4, stages: [4, 6], blockCount: 1)),
    InceptionNetwork(),
  ]

  @Test(arguments: architectures.indices)
  func `a written network takes any number of spectra and gives the same`(index: Int) throws {
    let network = try trained(Self.architectures[index])
    var description = NetworkDescription()
    description.labels = ["first", "second", "third"]
    description.axisPositions = (0..<60).map { 1000 + 2 * Double($0) }
    description.axisUnit = "cm-1"
    description.preprocessing = "snv"
    description.records = ["training": "2 epochs"]
    let file = try ONNXFile(network.onnx(description), name: "network")
    #expect(file.inputs[0].dimensions == [.symbolic("samples"), .fixed(1), .fixed(60)])
    #expect(file.metadata["training"] == "2 epochs")
    #expect(file.metadata["vitrine"]?.contains("\"labels\":[\"first\"") == true)
    let rows = try PlantedPeaks.classes(7, seed: 3).rows
    let spectra = Tensor(shape: [7, 1, 60], elements: rows.flatMap(\.self))
    let imported = try file.graph(batch: 7)
    let outputs = try Program(imported).run(["spectra": spectra])
    let expected = try network.predict(rows, output: .probabilities).flatMap(\.self)
    let actual = try #require(outputs["probabilities"])
    expectClose(actual, Tensor(shape: [7, 3], elements: expected), absolute: 1e-5, relative: 1e-4)
  }

  @Test(.needsPython)
  func `ONNX Runtime gives the same for any number of spectra`() throws {
    let networks = try Self.architectures.map { try trained($0) }
    let rows = try PlantedPeaks.classes(7, seed: 3).rows
    let spectra = Tensor(shape: [7, 1, 60], elements: rows.flatMap(\.self))
    let models = try networks.map { network in
      (graph: try network.graph(sampleCount: 1), inputs: ["spectra": spectra])
    }
    let results = try ExportRuntime.run(models, sampleAxis: "samples")
    for (network, result) in zip(networks, results) {
      let expected = try network.predict(rows).flatMap(\.self)
      let scores = try #require(result.get()["scores"])
      expectClose(
        scores, Tensor(shape: [7, 3], elements: expected), absolute: 1e-4, relative: 1e-4)
    }
  }

  @Test func `a graph in which samples meet is not written for any number of them`() throws {
    let builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 4])
    builder.output("mean", x - x.reduced(.sum, over: [0]))
    #expect {
      try ONNXWriter(sampleAxis: "samples").bytes(of: builder.finish())
    } throws: { "\($0)".contains("sample by sample") }
  }

  @Test func `labels and axis must fit the network`() throws {
    let network = try trained(Self.architectures[0])
    var description = NetworkDescription()
    description.labels = ["one"]
    #expect { try network.onnx(description) } throws: { "\($0)".contains("1 labels") }
    description.labels = []
    description.axisPositions = [1, 2]
    #expect { try network.onnx(description) } throws: { "\($0)".contains("60 points") }
  }
}
