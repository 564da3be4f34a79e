import Foundation
import GraphExecution
import GraphIR
import ONNXFormat
import TensorCore
import TestSupport
import Testing

@testable import NetworkTraining

/// A linear path beside the layers of a network.
struct LinearPathTests {
  private static let architecture = PositionalNetwork(channels: [3, 2], kernels: [5, 3])

  /// A path from 60 points to as many values as seeds, of weights of both signs.
  private func path(_ seeds: UInt64...) -> LinearPath {
    LinearPath(
      weights: Matrix(
        seeds.map { seed in
          var generator = SplitMix64(seed: seed)
          return (0..<60).map { _ in generator.normal() / 8 }
        }), offsets: seeds.map { Float($0) })
  }

  private func settings(_ epochCount: Int = 3, seed: UInt64 = 5) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.epochCount = epochCount
    settings.learningRate = 0.003
    settings.seed = seed
    return settings
  }

  /// Spectra with two values that the path says only in part.
  private func data(_ path: LinearPath, _ count: Int = 30) throws -> TrainingData {
    let (rows, _, strengths) = PlantedPeaks.rows(count, seed: 8)
    let values = zip(rows, strengths).map { row, strength in
      path.values(of: row).map { $0 + strength[0] * strength[0] }
    }
    return try TrainingData(rows: rows, targets: .values(values))
  }

  @Test func `layers learn what the path leaves over, and both add up`() throws {
    let path = path(1, 2)
    let data = try data(path)
    let whole = try Trainer(Self.architecture).train(
      data, settings: settings(), linearPath: path
    ).network
    let rest = try Trainer(Self.architecture).train(
      data.subtracting(path), settings: settings()
    ).network
    #expect(whole.weights == rest.weights)
    let expected = try zip(rest.predict(data.rows), data.rows).map { rest, row in
      // In double precision, term by term.
      (0..<2).map { output in
        var sum = Double(rest[output]) + Double(path.offsets[output])
        for point in 0..<60 { sum += Double(path.weights[output, point]) * Double(row[point]) }
        return Float(sum)
      }
    }
    expectClose(
      Tensor(shape: [30, 2], elements: try whole.predict(data.rows).flatMap(\.self)),
      Tensor(shape: [30, 2], elements: expected.flatMap(\.self)), absolute: 2e-5, relative: 1e-5)
  }

  /// The layers say nothing before the first step, so that the loss is that of the path alone.
  @Test func `varied spectra are judged by what the path says of them as they are now`() throws {
    let path = path(3)
    let data = try data(path, 12)
    guard case .values(let values) = data.targets else { return }
    var settings = settings(1)
    settings.batchSize = 12
    let result = try Trainer(Self.architecture).train(
      data, settings: settings, linearPath: path,
      augmentation: { row, _ in for point in row.indices { row[point] += 0.25 } })
    let rest = zip(values, data.rows).map { $0[0] - path.values(of: $1)[0] }
    let mean = rest.reduce(0, +) / 12
    let variance = rest.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 11
    let change = (0..<60).reduce(Float(0)) { $0 + path.weights[0, $1] / 4 }
    let expected =
      rest.reduce(0) { $0 + ($1 - mean - change) * ($1 - mean - change) } / 12 / variance
    let scale = result.network.targetScaling.deviation[0]
    // Whichever divisor the deviation has.
    let loss = try #require(result.history.first?.loss) * scale * scale / variance
    #expect(abs(loss - expected) < 1e-3 * expected, "\(loss) for \(expected)")
  }

  @Test func `the file holds the path`() throws {
    let path = path(1, 2)
    let network = try Trainer(Self.architecture).train(
      data(path), settings: settings(), linearPath: path
    ).network
    let file = try ONNXFile(network.onnx(), name: "network")
    let rows = PlantedPeaks.rows(7, seed: 3).rows
    let spectra = Tensor(shape: [7, 1, 60], elements: rows.flatMap(\.self))
    let graph = try file.graph(batch: 7)
    let outputs = try Program(graph).run([TrainedNetwork.inputName: spectra])
    let expected = try network.predict(Matrix(rows)).flatMap(\.self)
    expectClose(
      try #require(outputs[graph.outputs[0].name]),
      Tensor(shape: [7, 2], elements: expected),
      absolute: 1e-5, relative: 1e-5)
    var bare = expected
    for (index, row) in rows.enumerated() {
      for output in 0..<2 { bare[2 * index + output] -= path.values(of: row)[output] }
    }
    #expect(zip(bare, expected).allSatisfy { abs($0 - $1) > 1e-3 })
  }

  @Test(.needsPython)
  func `ONNX Runtime gives the same`() throws {
    let path = path(4)
    let network = try Trainer(Self.architecture).train(
      data(path), settings: settings(), linearPath: path
    ).network
    let rows = PlantedPeaks.rows(7, seed: 3).rows
    let spectra = Tensor(shape: [7, 1, 60], elements: rows.flatMap(\.self))
    let results = try ExportRuntime.run(
      [(graph: try network.graph(sampleCount: 1), inputs: ["spectra": spectra])],
      sampleAxis: "samples")
    expectClose(
      try #require(results[0].get()["scores"]),
      Tensor(shape: [7, 1], elements: try network.predict(Matrix(rows)).flatMap(\.self)),
      absolute: 1e-5, relative: 1e-5)
  }

  @Test func `a path that does not fit is refused`() throws {
    let path = path(1, 2)
    let trainer = Trainer(Self.architecture)
    #expect {
      try trainer.train(PlantedPeaks.classes(12, seed: 1), linearPath: path)
    } throws: { "\($0)".contains("not to classes") }
    #expect {
      try trainer.train(PlantedPeaks.strengths(12, seed: 1), linearPath: path)
    } throws: { "\($0)".contains("to 2 values") && "\($0)".contains("points with 1") }
  }
}
