import Chemometrics
import Foundation
import NetworkTraining
import SpectralData
import Statistics
import StudyEngine
import TensorCore
import Testing

/// Spectra of two classes, or of rising strength, that differ in one peak only.
enum OnePeak {
  static let axis = (0..<96).map { 1000 + 5 * Double($0) }

  static func dataset(count: Int, seed: UInt64) throws -> (SpectralDataset, [Double]) {
    var generator = SplitMix64(seed: seed)
    func noise() -> Double { Double(generator.next() % 10_000) / 10_000 - 0.5 }
    var (rows, strengths): ([[Float]], [Double]) = ([], [])
    for index in 0..<count {
      let strength = index.isMultiple(of: 2) ? 0 : 0.6 + 0.4 * noise()
      strengths.append(strength)
      rows.append(
        axis.map { position in
          let common = exp(-pow((position - 1100) / 20, 2))
          let own = strength * exp(-pow((position - 1300) / 15, 2))
          return Float(common + own + 0.05 * noise())
        })
    }
    let dataset = try SpectralDataset(
      axis: SpectralAxis(positions: axis, unit: .reciprocalCentimeter), rows: rows)
    return (dataset, strengths)
  }

  static func settings(_ splits: StudyValidation) -> StudySettings {
    var settings = StudySettings(
      architecture: PositionalNetwork(channels: [6, 8, 8], kernels: [9, 7, 5]))
    settings.training.epochCount = 20
    settings.validation = splits
    return settings
  }
}

@Suite struct SpectralStudyTests {
  @Test func `classes are told apart by the peak that differs`() throws {
    let (dataset, strengths) = try OnePeak.dataset(count: 48, seed: 3)
    let labels = ClassLabels(strengths.map { $0 > 0 ? "with" : "without" })
    let data = try StudyData(dataset, name: "peaks", question: .classes(labels))
    let settings = OnePeak.settings(.monteCarlo(MonteCarloSplits(count: 6)))
    let result = try SpectralStudy(data, settings).run()
    guard case .classes(let outcome) = result.outcome else {
      Issue.record("classes were asked for")
      return
    }
    #expect(try outcome.network.summary().mean > 0.95)
    #expect(try outcome.partialLeastSquares.summary().mean > 0.95)
    let with = try #require(result.evidence.first { $0.name == "with" })
    for model in [with.network, with.partialLeastSquares] {
      let strongest = try #require(
        model.bands.matches.map(\.band).max { $0.share < $1.share })
      #expect(strongest.isPositive && abs(strongest.peak - 1300) < 15, "\(strongest)")
      #expect(abs(model.contributions.reduce(0) { $0 + abs($1) } - 1) < 0.3)
    }
    #expect(try #require(with.agreement) > 0.3)
    // Every sample was tested as often as the divisions say.
    let tested = outcome.network.splits.reduce(0) { $0 + $1.test.count }
    #expect(result.samples.reduce(0) { $0 + $1.testedCount } == tested)
    #expect(result.samples.allSatisfy { $0.networkVotes.reduce(0, +) == $0.testedCount })
    #expect(result.network.kernels.count == 6 && result.network.layers.count == 6)
  }

  @Test func `a quantity grows with its peak, and slopes add up to that of the predictions`() throws
  {
    let (dataset, strengths) = try OnePeak.dataset(count: 60, seed: 5)
    let data = try StudyData(
      dataset, name: "peaks", question: .quantity(name: "strength", values: strengths))
    let settings = OnePeak.settings(.folds(KFoldSplits(foldCount: 4)))
    let result = try SpectralStudy(data, settings).run()
    guard case .quantity(let outcome) = result.outcome else {
      Issue.record("a quantity was asked for")
      return
    }
    #expect(try outcome.network.summary().mean < 0.1)
    #expect(try outcome.partialLeastSquares.summary().mean < 0.1)
    let evidence = try #require(result.evidence.first)
    let peak = try #require(
      evidence.network.bands.matches.map(\.band).max { $0.share < $1.share })
    #expect(peak.isPositive && abs(peak.peak - 1300) < 15)
    // The maps of PLS are complete, fold by fold; the mean of their slopes is near that of all.
    let line = try #require(outcome.partialLeastSquaresLinearity.line)
    let slope = evidence.partialLeastSquares.map.mean.reduce(0, +)
    #expect(abs(slope - line.slope) < 0.03)
    // So are those of gradient times activation before global averaging.
    let networkLine = try #require(outcome.networkLinearity.line)
    #expect(abs(evidence.network.map.mean.reduce(0, +) - networkLine.slope) < 0.05)
  }

  @Test func `one left out at a time, maps of all parts are compared together`() throws {
    let (dataset, strengths) = try OnePeak.dataset(count: 12, seed: 9)
    let labels = ClassLabels(strengths.map { $0 > 0 ? "with" : "without" })
    let data = try StudyData(dataset, name: "peaks", question: .classes(labels))
    var settings = OnePeak.settings(.folds(KFoldSplits(foldCount: 12)))
    settings.training.epochCount = 12
    settings.furtherMethods = []
    let result = try SpectralStudy(data, settings).run()
    #expect(result.outcome.splits.allSatisfy { $0.test.count == 1 })
    let with = try #require(result.evidence.first { $0.name == "with" })
    let strongest = try #require(
      with.partialLeastSquares.bands.matches.map(\.band).max { $0.share < $1.share })
    #expect(strongest.isPositive && abs(strongest.peak - 1300) < 15, "\(strongest)")
  }

  @Test func `a training that comes to nothing is an error that says so`() throws {
    let (dataset, strengths) = try OnePeak.dataset(count: 24, seed: 9)
    let labels = ClassLabels(strengths.map { $0 > 0 ? "with" : "without" })
    let data = try StudyData(dataset, name: "peaks", question: .classes(labels))
    for rate: Float in [100, 1e9, 1e38] {
      var settings = OnePeak.settings(.monteCarlo(MonteCarloSplits(count: 1)))
      settings.training.epochCount = 5
      settings.training.learningRate = rate
      let study = SpectralStudy(data, settings)
      #expect {
        try study.run()
      } throws: {
        "\($0)".contains("learning rate")
      }
    }
  }

  @Test func `an interrupted study goes on and ends the same`() throws {
    let (dataset, strengths) = try OnePeak.dataset(count: 24, seed: 7)
    let labels = ClassLabels(strengths.map { $0 > 0 ? "with" : "without" })
    let data = try StudyData(dataset, name: "peaks", question: .classes(labels))
    var settings = OnePeak.settings(.monteCarlo(MonteCarloSplits(count: 2)))
    settings.training.epochCount = 4
    settings.furtherMethods = []
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var study = SpectralStudy(data, settings)
    let fresh = try study.run()
    study.checkpoints = folder
    let first = try study.run()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path()).count == 3)
    let second = try study.run()
    for result in [first, second] {
      #expect(result.network.training.network.weights == fresh.network.training.network.weights)
      #expect(result.evidence[0].network.map.mean == fresh.evidence[0].network.map.mean)
    }
  }

  @Test func `what cannot be studied is refused with a reason`() throws {
    let (dataset, strengths) = try OnePeak.dataset(count: 12, seed: 1)
    let one = ClassLabels(strengths.map { _ in "same" })
    #expect(throws: StudyError.self) {
      try StudyData(dataset, name: "peaks", question: .classes(one))
    }
    #expect(throws: StudyError.self) {
      try StudyData(
        dataset, name: "peaks", question: .quantity(name: "q", values: strengths.map { _ in 1 }))
    }
    #expect(throws: StudyError.self) {
      try StudyData(
        dataset.selecting([0, 1, 2]), name: "peaks",
        question: .quantity(name: "q", values: [1, 2, 3]))
    }
  }
}
