import Chemometrics
import ExplanationQuality
import Explanations
import Foundation
import GraphExecution
import NetworkTraining
import SpectralData
import TensorCore
import Testing

@testable import StudyEngine

/// Where the evidence of a study is taken, and what it adds up to.
struct StudyEvidenceTests {
  /// Three classes with two bands each and one that all have, 2 cm⁻¹ a point, σ 15 cm⁻¹.
  private enum Planted {
    static let bands: [(name: String, centers: [Double])] = [
      ("a", [720, 1462]), ("b", [1240, 1712]), ("c", [858, 1600]),
    ]

    static func data() throws -> StudyData {
      let axis = try SpectralAxis(from: 600, through: 1800, count: 601, unit: .reciprocalCentimeter)
      var generator = SplitMix64(seed: 4)
      var (rows, names): ([[Float]], [String]) = ([], [])
      for index in 0..<36 {
        let (name, centers) = bands[index % 3]
        let height = 0.8 + 0.4 * generator.uniform()
        names.append(name)
        rows.append(
          axis.positions.map { position in
            let own = centers.map { exp(-pow((position - $0) / 15, 2) / 2) }.reduce(0, +)
            let common = exp(-pow((position - 1050) / 15, 2) / 2)
            return Float(own * Double(height) + common) + 0.02 * generator.normal()
          })
      }
      return try StudyData(
        SpectralDataset(axis: axis, rows: rows), name: "planted",
        question: .classes(ClassLabels(names)))
    }

    static var settings: StudySettings {
      var settings = StudySettings()
      settings.training.epochCount = 15
      settings.validation = .monteCarlo(MonteCarloSplits(count: 3))
      settings.furtherMethods = []
      settings.bandTolerance = 2
      return settings
    }
  }

  /// A few dozen steps of training on two dozen spectra: within the width σ of the bands.
  @Test func `planted bands are found where they are, and what all have is not`() throws {
    let result = try SpectralStudy(Planted.data(), Planted.settings).run()
    for (evidence, planted) in zip(result.evidence, Planted.bands) {
      let bands = evidence.network.bands.matches.map(\.band)
      let own = bands.filter(\.isPositive).sorted { $0.share > $1.share }.prefix(2)
      let peaks = own.map(\.peak).sorted()
      #expect(peaks.count == 2)
      for (peak, center) in zip(peaks, planted.centers) {
        #expect(abs(peak - center) <= 15, "\(planted.name): \(peak) for \(center)")
      }
      // Nothing where all classes have the same band.
      #expect(!bands.contains { $0.lower < 1060 && 1040 < $0.upper })
      #expect(evidence.network.resolutions.count == bands.count)
      #expect(evidence.network.resolutions.allSatisfy { $0 >= 1 && $0 < 20 })
      #expect(evidence.network.tolerance == 2)
    }
    let removal = try #require(result.bandRemoval)
    #expect(removal.trials.map(\.source).first == .method("Integrated gradients"))
    #expect(removal.trials.contains { $0.source == .partialLeastSquares })
    #expect(removal.samples.count >= 30 && removal.width == 12)
    for row in removal.samples.indices {
      let curves = removal.trials.map { $0.measurements[row].scores }
      // Nothing and everything is hidden alike, whatever the map.
      #expect(Set(curves.map(\.first)).count == 1 && Set(curves.map(\.last)).count == 1)
    }
    let means = Dictionary(
      uniqueKeysWithValues: removal.trials.map { trial in
        (
          trial.source,
          trial.measurements.compactMap(\.value).reduce(0, +) / Double(removal.samples.count)
        )
      })
    let own = try #require(means[.method("Integrated gradients")])
    let random = try #require(means[.control("Random order")])
    // Networks lose planted bands at once, and by chance only as most of the axis is gone.
    #expect(own < random - 0.1, "\(own), \(random)")
  }

  @Test func `the evidence of a class adds up to the difference of the scores`() throws {
    let data = try Planted.data()
    var settings = Planted.settings
    settings.training.epochCount = 4
    let runner = TrialRunner(data: data, settings: settings, checkpoints: nil)
    let split = ValidationSplit(training: Array(0..<24), test: Array(24..<36))
    let trial = try #require(try runner.trial(0, split, lane: .shared) { false })
    let targets = EvidenceTarget.all(data.question)
    let part = StudiedPart(
      data: data, rows: trial.testRows, samples: split.test, background: trial.background)
    let maps = try NetworkMaps(
      Model(trial.network, name: "planted"), method: settings.method, targets, part,
      ofOwnClass: false)
    #expect(maps.layer == nil && maps.reach == 0)
    let labels = try #require(data.labels)
    for (target, own) in zip(targets, maps.values) {
      let index = try #require(target.classIndex)
      #expect(own.samples == split.test.filter { labels.indices[$0] == index })
      // The mean of the means of the other classes.
      let others = trial.background.classMeans.indices.filter { $0 != index }
      let mean = trial.background.classMeans[0].elements.indices.map { point in
        others.reduce(Float(0)) { $0 + trial.background.classMeans[$1].elements[point] } / 2
      }
      let baseline = try trial.network.predict(Matrix([mean]))[0]
      let margin = { (scores: [Float]) in zip(scores, target.weights).reduce(0) { $0 + $1.0 * $1.1 }
      }
      for (map, sample) in zip(own.maps, own.samples) {
        let scores = trial.scores[try #require(split.test.firstIndex(of: sample))]
        let difference = Double(margin(scores) - margin(baseline))
        let magnitude = map.reduce(0) { $0 + abs($1) }
        let sum = map.reduce(0, +)
        #expect(abs(sum - difference) <= 0.0101 * max(abs(difference), magnitude / 10))
      }
    }
  }

  @Test func `every division has a start of its own, the same each time`() throws {
    var settings = Planted.settings
    settings.training.epochCount = 1
    let runner = TrialRunner(data: try Planted.data(), settings: settings, checkpoints: nil)
    let split = ValidationSplit(training: Array(0..<24), test: Array(24..<36))
    let networks = try [0, 1, 0].map { index in
      try #require(try runner.trial(index, split, lane: .shared) { false }).network.weights
    }
    #expect(networks[0] != networks[1])
    #expect(networks[0] == networks[2])
  }
}
