import Catalogs
import Chemometrics
import ExplanationQuality
import Explanations
import NetworkTraining
import Statistics
import TensorCore

import func Foundation.exp
import func Foundation.log

/// Hides the bands that maps mark from the networks of divisions, in spectra that they were not trained on.
struct BandRemovalTrials {
  let data: StudyData
  let settings: StudySettings
  let trials: [SplitTrial]

  /// So many spectra, or a few more, are enough: means are known to some hundredths.
  private static let spectrumCount = 60
  private static let controls = ["intensity", "edges", "random-order"]

  /// The study's method and further ones, each once.
  private var methods: [ExplanationMethod] {
    var methods: [ExplanationMethod] = []
    for method in [settings.method] + settings.furtherMethods
    where !methods.contains(where: { $0.id == method.id }) {
      methods.append(method)
    }
    return methods
  }

  /// What was found; nil where there are no test spectra.
  func outcome() throws -> BandRemoval? {
    let metric = try ChosenMetric(parsing: "band-deletion")
    guard case .masked(let measuring) = metric.metric.procedure else { return nil }
    var found: [(source: BandRemoval.Source, measurements: [Measurement])] = []
    var samples: [Int] = []
    var width = 1
    for (index, trial) in trials.enumerated() where samples.count < Self.spectrumCount {
      let part = try DivisionMaps(
        self, trial, index: index, room: Self.spectrumCount - samples.count)
      width = part.width
      samples += part.samples
      for (place, own) in try part.measurements(measuring, metric.settings).enumerated() {
        if found.count <= place { found.append((own.source, [])) }
        found[place].measurements += own.measurements
      }
    }
    guard !samples.isEmpty else { return nil }
    return BandRemoval(
      trials: found.map { BandRemoval.Trial(source: $0.source, measurements: $0.measurements) },
      samples: samples, width: width)
  }

  /// The maps of some test spectra of one division.
  private struct DivisionMaps {
    let model: Model
    let rows: Matrix<Float>
    let samples: [Int]
    let index: Int
    /// The class of each spectrum; nil for a quantity.
    let classes: [Int]?
    let maps: [(source: BandRemoval.Source, maps: [[Float]])]

    /// The points that are hidden together.
    var width: Int { facts(0).bandWidth }

    init(_ study: BandRemovalTrials, _ trial: SplitTrial, index: Int, room: Int) throws {
      self.index = index
      let data = study.data
      model = try Model(trial.network, name: data.name)
      let all = trial.split.test
      let step = max(1, (all.count + room - 1) / max(1, room))
      let places = Array(stride(from: 0, to: all.count, by: step))
      let samples = places.map { all[$0] }
      let rows = trial.testRows.selecting(rows: places)
      let classes = data.labels.map { labels in samples.map { labels.indices[$0] } }
      let part = StudiedPart(
        data: data, rows: rows, samples: samples, background: trial.background)
      let targets = EvidenceTarget.all(data.question)
      let own = try targets.map { try trial.partialLeastSquares.maps($0, rows: rows) }
      let linear = samples.indices.map { row in
        own[classes?[row] ?? 0][row].map { Float($0) }
      }
      maps =
        try study.methods.map { [model] method in
          let maps = try NetworkMaps(model, method: method, targets, part, ofOwnClass: true)
          return (.method(method.title), Self.arranged(maps.values, samples))
        } + [(.partialLeastSquares, linear)]
      (self.samples, self.rows, self.classes) = (samples, rows, classes)
    }

    /// Maps of the spectra in their order, of those that come class by class.
    private static func arranged(_ values: [SampleMaps], _ samples: [Int]) -> [[Float]] {
      let found = Dictionary(
        zip(values.flatMap(\.samples), values.flatMap(\.maps)),
        uniquingKeysWith: { first, _ in first })
      return samples.map { (found[$0] ?? []).map { Float($0) } }
    }

    private func facts(_ row: Int) -> SampleFacts {
      SampleFacts(
        positions: [rows.columnCount], seed: UInt64(index) << 32 | UInt64(row), scale: .open)
    }

    /// What hiding bands by each source of maps gives, spectrum by spectrum.
    func measurements(
      _ measuring: MaskedMeasuring, _ settings: Settings
    ) throws -> [(source: BandRemoval.Source, measurements: [Measurement])] {
      let scorer = InputScorer(model)
      var found = (maps.map(\.source) + controls.map { .control($0.title) })
        .map { (source: $0, measurements: [Measurement]()) }
      for row in samples.indices {
        let facts = facts(row)
        let ties = TieOrder(count: facts.count, seed: facts.seed)
        let readings = (maps.map { $0.maps[row] } + controls.map { $0.map(site(row, facts)) })
          .map { reading($0, facts, ties) }
        let rows = readings.map { measuring.rows($0, facts, settings) }
        let scores = try scorer.scores(of: [.whole] + rows.flatMap(\.self), in: sample(row, facts))
          .map { value($0, row) }
        var start = 1
        for (place, reading) in readings.enumerated() {
          let own = Array(scores[start..<start + rows[place].count])
          start += own.count
          found[place].measurements.append(
            measuring.measurement(reading, kept(own, of: scores[0]), facts, settings))
        }
      }
      return found
    }

    private var controls: [Control] {
      BandRemovalTrials.controls.compactMap { ControlCatalog.entries[$0] }
    }

    private func site(_ row: Int, _ facts: SampleFacts) -> ControlSite {
      ControlSite(
        input: rows[row], channels: 1, positions: facts.positions, stride: 1, seed: facts.seed)
    }

    /// Of a quantity both signs of a map are evidence.
    private func reading(_ map: [Float], _ facts: SampleFacts, _ ties: TieOrder) -> MapReading {
      MapReading(
        classes == nil ? map.map { abs($0) } : map, positions: facts.positions, ties: ties)
    }

    private func sample(_ row: Int, _ facts: SampleFacts) -> MaskedSample {
      MaskedSample(
        [model.inputs[0].name: Tensor(shape: [1, rows.columnCount], elements: rows[row])],
        masking: model.inputs[0], seed: facts.seed)
    }

    /// The log-odds of the spectrum's class, or the predicted amount.
    ///
    /// Networks of few spectra are so sure that probabilities stay at 1 while most of the evidence goes.
    private func value(_ scores: [Float], _ row: Int) -> Double {
      guard let classes else { return Double(scores[0]) }
      let others = scores.indices.filter { $0 != classes[row] }.map { Double(scores[$0]) }
      let greatest = others.max() ?? 0
      let sum = others.reduce(0) { $0 + exp($1 - greatest) }
      return Double(scores[classes[row]]) - greatest - log(sum)
    }

    /// What is followed: log-odds themselves; of a quantity how little the prediction moved.
    private func kept(_ scores: [Double], of whole: Double) -> [Double] {
      classes == nil ? scores.map { -abs($0 - whole) } : scores
    }
  }
}
