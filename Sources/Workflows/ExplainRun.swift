import Explanations
import Foundation
import TensorCore

/// What a network was given, with what was found about it.
struct ExplainedSample: Sendable {
  let input: PreparedSample
  let sample: SampleExplanations

  /// How long its batch took, for one input of it.
  let timings: Provenance.Timings
}

/// One run of a compiled plan over all inputs: reading, explaining and writing overlap.
struct ExplainRun: Sendable {
  let source: InputSource
  let team: ExplainerTeam
  let reporter: WorkflowReporter

  /// How long it took to read the network.
  var readSeconds = 0.0

  /// Files that an earlier run has explained.
  var done: Set<String> = []

  /// Names that must not be given to results.
  var takenNames: [String] = []

  /// The least share of relevance that has to arrive where a map is made of it.
  private static let leastArrival: Float = 0.01

  /// How much of a map's peak may depend on the relative errors of gradients: 1 % on errors of 1e-5.
  private static let greatestCondition: Float = 1000

  /// How many maps with little or nothing to show are named; the others are counted.
  private static let greatestWarningCount = 10

  /// Explains everything and has it written; results are in the order of the inputs.
  func written<Writer: ResultWriter>(
    by writer: Writer, _ failures: FailureLog
  ) async throws -> [Writer.Written] {
    try await withThrowingTaskGroup(of: [Writer.Written].self) { group in
      var names = FileNames()
      names.reserve(takenNames)
      var results: [Writer.Written] = []
      try await explain { samples in
        if let written = try await group.next() { results += written }
        let jobs = samples.map { writer.job($0, &names) }
        group.addTask { await writer.write(jobs, failures) }
      }
      while let written = try await group.next() { results += written }
      return results
    }
  }

  /// Explains everything; `take` is given part after part, in order, and the next part is not begun
  /// before it returns.
  ///
  /// While a part is explained the next one is read: no more than two are in memory.
  func explain(_ take: ([ExplainedSample]) async throws -> Void) async throws {
    let size = team.preferredBatch
    var timings = Provenance.Timings(read: readSeconds)
    var isCompiled = false
    var (met, emptyCount) = (done.count, 0)
    var completeness = CompletenessLog()
    var (sampling, optimization) = (SamplingLog(), OptimizationLog())
    let samples = SampleStream(source, size: size, without: done)
    if let count = samples.expectedCount {
      timings.compile = try await compiled(count)
      isCompiled = true
    }
    while let part = await samples.next() {
      try Task.checkCancellation()
      if !isCompiled { timings.compile = try await compiled(part.samples.count) }
      isCompiled = true
      let before = Double(met)
      met += part.samples.count
      let total = source.total(met + part.waitingCount, done: done.count + part.entryCount)
      let clock = ContinuousClock.now
      let explained = try await team.explain(
        part.samples.map(\.values), progress: { reporter.progress(before + $0, total) },
        detail: reporter.detail)
      timings.run = clock.secondsSince / Double(part.samples.count)
      warn(of: explained, part.samples, &emptyCount)
      completeness.add(explained)
      sampling.add(explained)
      optimization.add(explained)
      try await take(
        zip(part.samples, explained).map {
          ExplainedSample(input: $0, sample: $1, timings: timings)
        })
    }
    if let sentence = completeness.sentence { reporter.note(sentence) }
    (sampling.sentences + optimization.sentences).forEach(reporter.note)
    if emptyCount > Self.greatestWarningCount {
      let count = emptyCount - Self.greatestWarningCount
      reporter.warning("\(count) more maps have little or nothing to show for what they explain")
    }
  }

  /// Compiles for so many inputs; returns how long it took.
  private func compiled(_ count: Int) async throws -> Double {
    let clock = ContinuousClock.now
    try await team.compile(for: count)
    return clock.secondsSince
  }

  /// Says which maps have nothing that speaks for their target, or rest on little.
  private func warn(
    of explained: [SampleExplanations], _ inputs: [PreparedSample], _ count: inout Int
  ) {
    for (sample, input) in zip(explained, inputs) {
      for explanation in sample.explanations {
        guard let doubt = Self.doubt(explanation) else { continue }
        count += 1
        guard count <= Self.greatestWarningCount else { continue }
        let row = input.row.map { ", row \($0)" } ?? ""
        reporter.warning("\(input.path)\(row): " + doubt)
      }
    }
  }
}

extension ExplainRun {
  /// What makes a map doubtful; nil when nothing does.
  private static func doubt(_ explanation: Explanation) -> String? {
    // What is no number is an error of its own.
    guard explanation.map.elements.allSatisfy({ $0.isFinite }) else { return nil }
    let place = explanation.layer.map { "layer \($0.name)" } ?? "the input"
    let map = "\(explanation.method.method.id) at \(place)"
    if explanation.isEmpty {
      return "\(map) has no position above zero for \(explanation.targetTitle): there is nothing "
        + "to show for it; try another layer or method"
    }
    if let condition = explanation.conditionNumber, !(condition <= greatestCondition) {
      return
        "\(map) rests on differences of almost equal numbers: a relative error of gradients of "
        + "1e-5, as of single precision, may change it by \(String(format: "%.2g", condition * 1e-3)) "
        + "% of its peak; grad-cam and hires-cam divide by no such difference"
    }
    guard let share = explanation.arrivedShare, share < leastArrival else { return nil }
    return "\(map) rests on little: \(String(format: "%.2g", share * 100)) % of the relevance for "
      + "\(explanation.targetTitle) arrives there (--ledger tells where the rest went)"
  }
}

extension ContinuousClock.Instant {
  /// The seconds from then to now.
  var secondsSince: Double { (ContinuousClock.now - self) / .seconds(1) }
}
