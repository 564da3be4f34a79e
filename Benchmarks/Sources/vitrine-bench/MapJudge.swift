import ExplanationQuality
import Explanations
import Foundation
import GraphExecution
import TensorCore

/// Measures maps of one picture by metrics of the catalog, all masked inputs in one queue.
struct MapJudge {
  /// What was measured, and what it took.
  struct Answer: Encodable {
    /// Milliseconds by the clock.
    var milliseconds = 0.0
    /// Milliseconds of processors, of all threads together.
    var processor = 0.0
    /// How many masked inputs were asked for.
    var rows = 0
    /// The value of every map, by metric.
    var values: [String: [Double?]] = [:]
  }

  private let picture: JudgedPicture
  private let scorer: InputScorer
  private let sample: MaskedSample
  private let facts: SampleFacts
  private let classIndex: Int

  /// The raw scores of the whole picture.
  let scores: [Float]

  /// Reads and scores the picture; what is explained is the class with the highest score.
  init(_ model: Model, _ picture: JudgedPicture, options: ProgramOptions, batch: Int?) throws {
    self.picture = picture
    scorer = InputScorer(model, options: options, batch: batch)
    let input = model.inputs[0]
    let seed: UInt64 = 12
    sample = MaskedSample([input.name: picture.picture], masking: input, seed: seed)
    facts = SampleFacts(positions: picture.positions, seed: seed)
    let scores = try scorer.scores(of: [.whole], in: sample)[0]
    self.scores = scores
    classIndex = scores.indices.max { scores[$0] < scores[$1] } ?? 0
  }

  /// Measures the first maps, reading their order included.
  func measure(_ metrics: [ChosenMetric], maps count: Int) throws -> Answer {
    try timed { answer in
      let readings = picture.readings(count)
      var rows: [MaskedRow] = []
      let places = metrics.map { metric in
        self.rows(metric, readings).map { part in
          rows += part
          return rows.count - part.count..<rows.count
        }
      }
      answer.rows = rows.count
      let values = try scorer.scores(of: rows, in: sample).map(probability)
      for (metric, places) in zip(metrics, places) {
        answer.values[metric.text] = readings.indices.map { map in
          let place = places.isEmpty ? 0..<0 : places[min(map, places.count - 1)]
          return self.value(metric, readings[map], Array(values[place]))
        }
      }
    }
  }

  /// Only makes the masked inputs that metrics of the first maps ask for.
  func compose(_ metrics: [ChosenMetric], maps count: Int) throws -> Answer {
    try timed { answer in
      let readings = picture.readings(count)
      let rows = metrics.flatMap { self.rows($0, readings).flatMap(\.self) }
      answer.rows = rows.count
      _ = try scorer.inputs(of: rows, in: sample)
    }
  }

  /// Writes what a metric asks for of the first map: `masks` `[rows, positions]`, the share of each position
  /// that is kept, and `inputs` `[rows, channels, positions…]`.
  func write(_ metric: ChosenMetric, to url: URL) throws {
    let rows = rows(metric, picture.readings(1)).flatMap(\.self)
    let masks = rows.flatMap { $0.shares(facts.count) }
    let inputs = Tensor.stack(try scorer.inputs(of: rows, in: sample))
    let arrays = [
      ("masks", Tensor(shape: [rows.count, facts.count], elements: masks)), ("inputs", inputs),
    ]
    try NPZArchive.write(arrays, to: url)
  }

  /// The rows of every map; of one where they are the same for all, of none where nothing is scored.
  private func rows(_ metric: ChosenMetric, _ maps: [MapReading]) -> [[MaskedRow]] {
    switch metric.metric.procedure {
    case .masked(let measuring): maps.map { measuring.rows($0, facts, metric.settings) }
    case .shared(let measuring): [measuring.rows(facts, metric.settings)]
    default: []
    }
  }

  /// The value of a map; nil where it is not defined, or needs more than masked inputs.
  private func value(_ metric: ChosenMetric, _ map: MapReading, _ scores: [Double]) -> Double? {
    let settings = metric.settings
    switch metric.metric.procedure {
    case .map(let measure): return measure(map, settings).value
    case .truth(let measure): return picture.truth.flatMap { measure(map, $0, settings).value }
    case .masked(let measuring):
      return measuring.measurement(map, scores, facts, settings).value
    case .shared(let measuring):
      return measuring.measurement(map, scores, facts, settings).value
    default: return nil
    }
  }

  /// The probability of the explained class.
  private func probability(_ scores: [Float]) -> Double {
    let largest = Double(scores.max() ?? 0)
    let sum = scores.reduce(0.0) { $0 + exp(Double($1) - largest) }
    return exp(Double(scores[classIndex]) - largest) / sum
  }

  private func timed(_ work: (inout Answer) throws -> Void) rethrows -> Answer {
    var answer = Answer()
    let watch = Stopwatch()
    try work(&answer)
    answer.milliseconds = watch.milliseconds
    answer.processor = watch.processor
    return answer
  }
}
