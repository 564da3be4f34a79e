import Foundation
import GraphExecution
import GraphIR
import ONNXFormat
import SpectralData
import TensorCore
import TestSupport
import Testing

@testable import NetworkTraining

/// Preprocessing as a graph, beside the same steps in double precision.
@Suite struct PreparationGraphTests {
  private let axis: SpectralAxis

  init() throws {
    axis = try SpectralAxis(from: 1800, through: 900, count: 91, unit: .reciprocalCentimeter)
  }

  /// Smooth spectra on a level that is ten times what varies in them.
  private func spectra(_ count: Int, seed: UInt64) throws -> Matrix<Float> {
    var generator = SplitMix64(seed: seed)
    let rows = (0..<count).map { _ in
      let (gain, shift, center) = (
        0.5 + generator.uniform(), 3 + generator.uniform(), 1200 + 200 * generator.uniform()
      )
      return axis.positions.map { position -> Float in
        let distance = (Float(position) - center) / 60
        return shift + gain * exp(-distance * distance) + 1e-4 * Float(position)
          + 0.002 * generator.normal()
      }
    }
    return try SpectralDataset(axis: axis, rows: rows).rows
  }

  static let texts = [
    "snv", "snv(ddof=1)", "msc", "vector-norm", "min-max", "area-norm", "mean-center", "autoscale",
    "savitzky-golay(window=11,order=2,derivative=0)",
    "savitzky-golay(window=11,order=2,derivative=1)",
    "savitzky-golay(window=7,order=3,derivative=2,spacing=10)",
    "savitzky-golay(window=91,order=2,derivative=1)",
    "crop(from=1000,to=1500)", "resample(from=905,to=1795,points=64)",
    "polynomial-baseline(order=2,iterations=0)",
    "savitzky-golay(window=15,order=3,derivative=2),snv",
    "crop(from=950,to=1700),msc,savitzky-golay(window=9,order=2,derivative=1),autoscale",
    "polynomial-baseline(order=1,iterations=0),snv,mean-center",
  ]

  @Test(arguments: texts)
  func `a graph prepares spectra as the steps do`(text: String) throws {
    let training = try spectra(12, seed: 1)
    let (fitted, _) = try PreprocessingPipeline(parsing: text).fitTransform(training, on: axis)
    let rows = try spectra(5, seed: 2)
    let expected = try fitted.apply(to: rows, on: axis)
    let graph = try #require(
      try fitted.graph(on: axis, samples: 5, input: "raw", output: "prepared"))
    let input = Tensor(shape: [5, 1, axis.count], elements: rows.elements)
    let actual = try #require(try Program(graph).run(["raw": input])["prepared"])
    #expect(actual.shape == [5, 1, expected.columnCount])
    let size = expected.elements.map { abs(Double($0)) }.max() ?? 0
    // The steps round to 32 bits between them too: a level is rounded before its derivative is scaled up.
    let tolerance = text.hasSuffix("autoscale") && text.contains("savitzky") ? 1e-4 : 1e-5
    expectClose(
      actual.elements.map(Double.init), expected.elements.map(Double.init),
      absolute: tolerance * size, relative: tolerance, text)
  }

  @Test(arguments: ["snv", "vector-norm", "min-max", "area-norm"])
  func `a flat spectrum and one of zeros become what the step makes of them`(text: String) throws {
    let fitted = try PreprocessingPipeline(parsing: text).fitted(on: axis)
    let rows = try SpectralDataset(
      axis: axis, rows: [0.3, 0].map { [Float](repeating: $0, count: axis.count) }
    ).rows
    let graph = try #require(
      try fitted.graph(on: axis, samples: 2, input: "raw", output: "prepared"))
    let input = Tensor(shape: [2, 1, axis.count], elements: rows.elements)
    let actual = try #require(try Program(graph).run(["raw": input])["prepared"])
    expectClose(
      actual.elements.map(Double.init),
      try fitted.apply(to: rows, on: axis).elements.map(Double.init), absolute: 1e-6)
  }

  @Test func `every step has a graph or is known to have none`() throws {
    let without: Set = ["asls", "rubber-band", "cosmic-rays"]
    let rows = try spectra(3, seed: 6)
    let tested = Set(
      try Self.texts.flatMap {
        try PreprocessingPipeline(parsing: $0).fitTransform(rows, on: axis).fitted.steps
          .map { type(of: $0).stepID }
      })
    for entry in PreprocessingCatalog.entries {
      #expect(without.contains(entry.id) != tested.contains(entry.id), "\(entry.id)")
    }
    let pipeline = try PreprocessingPipeline(
      parsing: "asls,rubber-band,snv,cosmic-rays,polynomial-baseline")
    let fitted = try pipeline.fitted(on: axis)
    #expect(
      fitted.stepsWithoutGraph == ["asls", "rubber-band", "cosmic-rays", "polynomial-baseline"])
    #expect(try fitted.graph(on: axis, samples: 1, input: "raw", output: "prepared") == nil)
  }

  @Test func `a written network prepares spectra as they were measured`() throws {
    let training = try spectra(24, seed: 3)
    let values = (0..<24).map { [Float($0 % 7) + 20] }
    let (fitted, rows) = try PreprocessingPipeline(
      parsing: "savitzky-golay(window=9,order=2,derivative=1),msc,crop(from=1000,to=1700)"
    ).fitTransform(training, on: axis)
    var settings = TrainingSettings()
    settings.epochCount = 3
    let network = try Trainer(PositionalNetwork(channels: [4], kernels: [5])).train(
      TrainingData(rows: rows, targets: .values(values)), settings: settings
    ).network
    var description = NetworkDescription()
    description.take(axis)
    description.fittedPreprocessing = fitted
    description.targetName = "fat / %"
    let file = try ONNXFile(network.onnx(description), name: "network")
    #expect(file.inputs[0].dimensions == [.symbolic("samples"), .fixed(1), .fixed(91)])
    let new = try spectra(4, seed: 4)
    let graph = try file.graph(batch: 4)
    #expect(graph.outputs.map(\.name) == ["fat_/_%"])
    let outputs = try Program(graph).run([
      "spectra": Tensor(shape: [4, 1, 91], elements: new.elements)
    ])
    let expected = try network.predict(fitted.apply(to: new, on: axis)).flatMap(\.self)
    expectClose(
      try #require(outputs["fat_/_%"]).elements.map(Double.init), expected.map(Double.init),
      absolute: 0, relative: 1e-5)
    let names = graph.nodes.compactMap(\.name)
    #expect(names.contains("prepared_spectra") && names.contains("features1"))
    let constants = graph.nodes.filter { $0.isConstant && !$0.inputs.isEmpty }
    #expect(constants.isEmpty, "constants are stored, not computed")
  }

  @Test func `an output is never called as an input is`() throws {
    let training = try spectra(8, seed: 5)
    var settings = TrainingSettings()
    settings.epochCount = 1
    let network = try Trainer(PositionalNetwork(channels: [2], kernels: [3])).train(
      TrainingData(rows: training, targets: .values((0..<8).map { [Float($0)] })),
      settings: settings
    ).network
    var description = NetworkDescription()
    for (target, name) in [("spectra", "spectra_"), (" ", "values"), ("pH", "pH")] {
      description.targetName = target
      let file = try ONNXFile(network.onnx(description), name: "network")
      #expect(try file.graph(batch: 1).outputs.map(\.name) == [name])
    }
  }
}
