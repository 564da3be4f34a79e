import Chemometrics
import Explanations
import Foundation
import GraphExecution
import NetworkTraining
import SpectralData
import Statistics
import TensorCore
import Testing

@testable import StudyEngine

/// Linear paths that studies find beside their networks.
struct LinearPathStudyTests {
  /// Mixtures of three broad bands with almost no noise; one of the amounts is asked for.
  private static func data(seed: UInt64 = 2, squared: Bool = false) throws -> StudyData {
    var generator = SplitMix64(seed: seed)
    var (rows, values): ([[Float]], [Double]) = ([], [])
    for _ in 0..<60 {
      let amounts = (0..<3).map { _ in Double(generator.uniform()) }
      rows.append(
        (0..<64).map { point in
          let bands = zip(amounts, [20.0, 28, 36]).map { amount, center in
            amount * exp(-pow((Double(point) - center) / 8, 2))
          }
          return Float(bands.reduce(0, +)) + 1e-4 * generator.normal()
        })
      values.append(squared ? pow(amounts[1], 4) : amounts[1])
    }
    return try StudyData(
      SpectralDataset(
        axis: SpectralAxis(from: 1000, through: 1630, count: 64, unit: .reciprocalCentimeter),
        rows: rows), name: "mixtures", question: .quantity(name: "second", values: values))
  }

  private static var settings: StudySettings {
    var settings = StudySettings(
      architecture: PositionalNetwork(channels: [4, 4], kernels: [7, 5]))
    settings.training.epochCount = 12
    settings.validation = .monteCarlo(MonteCarloSplits(count: 2))
    settings.furtherMethods = [.oneDimensionalGradCAM]
    return settings
  }

  private static let split = ValidationSplit(training: Array(0..<42), test: Array(42..<60))

  private static func trial(
    _ data: StudyData, _ change: (inout StudySettings) -> Void = { _ in }
  ) throws -> SplitTrial {
    var settings = settings
    change(&settings)
    return try #require(
      try TrialRunner(data: data, settings: settings, checkpoints: nil)
        .trial(0, split, lane: .shared) { false })
  }

  @Test func `where all is linear a network is as good as partial least squares`() throws {
    let result = try SpectralStudy(Self.data(), Self.settings).run()
    guard case .quantity(let outcome) = result.outcome else {
      Issue.record("a quantity was asked for")
      return
    }
    let (network, reference) = try (
      outcome.network.summary().mean, outcome.partialLeastSquares.summary().mean
    )
    #expect(network <= 1.5 * reference, "\(network) beside \(reference)")
    #expect(outcome.linearPathCounts.count == 2 && outcome.linearPathCounts.allSatisfy { $0 > 0 })
    #expect(result.network.linearPathCount > 0)
    #expect(result.network.training.network.linearPath != nil)
    // Maps of the layers that the path leads past.
    #expect(result.evidence[0].methodMaps.contains { $0.layer == "features2" })
    #expect(result.network.layers.map(\.name) == ["features1", "features2"])
    let bare = try Self.trial(Self.data()) { $0.linearPath = .none }
    #expect(bare.linearPathCount == 0 && bare.network.linearPath == nil)
    let truth = try Self.data().values
    let squares = zip(bare.scores, Self.split.test).map { pow(Double($0[0]) - truth[$1], 2) }
    #expect((squares.reduce(0, +) / Double(squares.count)).squareRoot() > 3 * reference)
  }

  @Test func `the path is that of partial least squares with fewer components`() throws {
    let data = try Self.data(squared: true)
    let trial = try Self.trial(data) { $0.linearPath = .fixed(2) }
    #expect(trial.linearPathCount == 2)
    let path = try #require(trial.network.linearPath)
    let model = try PartialLeastSquares(componentCount: 2).fit(
      Matrix<Double>(rows: data.rows.selecting(rows: Self.split.training)),
      Matrix<Double>(column: Self.split.training.map { data.values[$0] }))
    let expected = try model.predictions(for: Matrix<Double>(rows: trial.testRows)).elements
    for (row, value) in zip(trial.testRows, expected) {
      #expect(abs(Double(path.values(of: row)[0]) - value) < 1e-5)
    }
  }

  @Test func `the choice rests on training spectra only`() throws {
    let data = try Self.data()
    var (rows, values) = (Array(data.rows), data.values)
    for sample in Self.split.test {
      rows[sample] = rows[sample].reversed().map { 5 - 3 * $0 }
      values[sample] = 40 - values[sample]
    }
    let altered = try StudyData(
      SpectralDataset(axis: data.axis, rows: rows), name: "altered",
      question: .quantity(name: "second", values: values))
    let (one, other) = try (Self.trial(data), Self.trial(altered))
    #expect(one.linearPathCount == other.linearPathCount)
    #expect(one.network.linearPath == other.network.linearPath)
    #expect(one.network.weights == other.network.weights)
  }

  @Test func `evidence goes through the path and adds up`() throws {
    let data = try Self.data()
    let trial = try Self.trial(data)
    #expect(trial.network.linearPath != nil)
    let part = StudiedPart(
      data: data, rows: trial.testRows, samples: Self.split.test, background: trial.background)
    let maps = try NetworkMaps(
      Model(trial.network, name: "mixtures"), method: .integratedGradients,
      EvidenceTarget.all(data.question), part, ofOwnClass: false)
    let mean = try #require(trial.background.mean?.elements)
    let start = Double(try trial.network.predict(Matrix([mean]))[0][0])
    for (map, scores) in zip(maps.values[0].maps, trial.scores) {
      let difference = Double(scores[0]) - start
      let magnitude = map.reduce(0) { $0 + abs($1) }
      #expect(abs(map.reduce(0, +) - difference) <= 0.0101 * max(abs(difference), magnitude / 10))
    }
  }

  @Test func `a path is taken only where it is surely better`() {
    let alone = [4.0, 1, 4, 1, 4, 1]
    #expect(LinearPathFinder.best([alone, alone.map { $0 / 4 }, alone.map { $0 / 2 }]) == 1)
    // Better in the mean, by 0.5 with a standard error of 1.2.
    #expect(LinearPathFinder.best([alone, [1, 4, 1, 4, 1, 1]]) == 0)
    #expect(LinearPathFinder.best([alone, alone]) == 0)
  }

  @Test func `with few spectra, or classes, there is no path`() throws {
    let data = try Self.data()
    let few = LinearPathFinder(
      data: data, settings: Self.settings, rows: data.rows.selecting(rows: Array(0..<11)),
      samples: Array(0..<11), seed: 1, checkpoint: nil)
    #expect(try few.path() == nil)
    #expect(LinearPathSearch().candidates(upTo: 5) == [0, 2, 4, 5])
    #expect(LinearPathSearch().candidates(upTo: 20) == [0, 2, 4, 8, 20])
    #expect(LinearPathSearch().candidates(upTo: 1) == [0, 1])
  }
}

extension StudyData {
  fileprivate var values: [Double] {
    guard case .quantity(_, let values) = question else { return [] }
    return values
  }
}
