import Chemometrics
import Foundation
import GraphExecution
import NetworkTraining
import SpectralData
import TensorCore
import Testing

@testable import StudyEngine

/// Preparations that are chosen inside training spectra.
struct PreprocessingChooserTests {
  /// One band whose height is the quantity, on another that is the same in all; `scatter` multiplies
  /// spectra by factors of chance and adds offsets.
  private static func data(scatter: Float = 0, pointCount: Int = 48) throws -> StudyData {
    var generator = SplitMix64(seed: 6)
    var (rows, values): ([[Float]], [Double]) = ([], [])
    for _ in 0..<40 {
      let (amount, gain, offset) = (
        generator.uniform(), 1 + scatter * (generator.uniform() - 0.5),
        scatter * (generator.uniform() - 0.5)
      )
      rows.append(
        (0..<pointCount).map { point in
          let (own, common) = (Float(point - 20) / 4, Float(point - 34) / 5)
          // Without scatter the shape is the same in all spectra, the amount is all there is.
          let signal =
            scatter == 0
            ? amount * exp(-own * own) : amount * exp(-own * own) + 2 * exp(-common * common)
          return gain * signal + offset + 1e-3 * generator.normal()
        })
      values.append(Double(amount))
    }
    return try StudyData(
      SpectralDataset(
        axis: SpectralAxis(
          from: 1000, through: 1470, count: pointCount, unit: .reciprocalCentimeter), rows: rows),
      name: "amounts", question: .quantity(name: "amount", values: values))
  }

  private static func chosen(
    _ data: StudyData, _ samples: [Int] = Array(0..<28), _ search: PreprocessingSearch = .always
  ) throws -> String {
    var settings = StudySettings()
    settings.preprocessingSearch = search
    settings.preprocessing = PreprocessingPipeline([MeanCentering()])
    return try PreprocessingChooser(data, settings).pipeline(for: samples).description
  }

  @Test func `an amount is not divided away, and scatter is`() throws {
    let pure = try Self.chosen(Self.data())
    #expect(!pure.contains("snv") && !pure.contains("msc"), "\(pure)")
    let scattered = try Self.chosen(Self.data(scatter: 1))
    #expect(scattered.contains("snv") || scattered.contains("msc"), "\(scattered)")
  }

  @Test(arguments: [Float(0), 1])
  func `spectra and values that are tested have no say`(scatter: Float) throws {
    let data = try Self.data(scatter: scatter)
    guard case .quantity(_, var values) = data.question else { return }
    var rows = Array(data.rows)
    for sample in 28..<40 {
      rows[sample] = rows[sample].reversed().map { 7 - 3 * $0 }
      values[sample] = 100 * values[sample] - 40
    }
    let altered = try StudyData(
      SpectralDataset(axis: data.axis, rows: rows), name: "altered",
      question: .quantity(name: "amount", values: values))
    #expect(try Self.chosen(altered) == Self.chosen(data))
    let runners = [data, altered].map { data in
      var settings = StudySettings(
        architecture: PositionalNetwork(channels: [2], kernels: [5]))
      settings.training.epochCount = 2
      settings.preprocessingSearch = .always
      return TrialRunner(data: data, settings: settings, checkpoints: nil)
    }
    let split = ValidationSplit(training: Array(0..<28), test: Array(28..<40))
    let trials = try runners.map {
      try #require(try $0.trial(0, split, lane: .shared) { false })
    }
    #expect(trials[0].pipeline.description == trials[1].pipeline.description)
    #expect(trials[0].preprocessing == trials[1].preprocessing)
    #expect(trials[0].network.weights == trials[1].network.weights)
  }

  @Test func `what is given stays, for classes too`() throws {
    let data = try Self.data()
    let given = PreprocessingPipeline([MeanCentering()]).description
    #expect(try Self.chosen(data, Array(0..<28), .never) == given)
    #expect(try Self.chosen(data, Array(0..<28), .ofQuantities) != given)
    let classes = try StudyData(
      SpectralDataset(axis: data.axis, rows: data.rows), name: "classes",
      question: .classes(ClassLabels((0..<40).map { "\($0 % 2)" })))
    #expect(try Self.chosen(classes, Array(0..<28), .ofQuantities) == given)
    #expect(try Self.chosen(classes, Array(0..<28), .always) != given)
  }

  @Test func `a window longer than the spectra is left out`() throws {
    let chosen = try Self.chosen(Self.data(pointCount: 8))
    #expect(!chosen.contains("savitzky"))
  }

  @Test func `a study tells what every division chose`() throws {
    var settings = StudySettings(architecture: PositionalNetwork(channels: [2], kernels: [5]))
    settings.training.epochCount = 2
    settings.preprocessingSearch = .ofQuantities
    settings.validation = .monteCarlo(MonteCarloSplits(count: 3))
    settings.furtherMethods = []
    let result = try SpectralStudy(Self.data(scatter: 1), settings).run()
    let names = PreprocessingSearch.candidates.map(\.description)
    #expect(result.chosenPreprocessing.count == 3)
    #expect(result.chosenPreprocessing.allSatisfy(names.contains))
    #expect(names.contains(result.settings.preprocessing.description))
    #expect(
      result.settings.preprocessing.description == result.network.preprocessing.description
        || result.network.preprocessing.description == "msc")
  }
}
