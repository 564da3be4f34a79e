import Explanations
import Foundation

/// What a run needs besides a writer.
struct RunParts: Sendable {
  let source: InputSource
  let team: ExplainerTeam
  let provenance: Provenance
  let reporter: WorkflowReporter

  /// A run with a writer.
  func run<Writer: ResultWriter>(_ writer: Writer) -> ExplainRun<Writer> {
    ExplainRun(
      source: source, team: team, writer: writer, provenance: provenance,
      reporter: reporter)
  }
}

/// One run of a compiled plan over all inputs: reading, explaining and writing overlap.
struct ExplainRun<Writer: ResultWriter>: Sendable {
  let source: InputSource
  let team: ExplainerTeam
  let writer: Writer
  let provenance: Provenance
  let reporter: WorkflowReporter

  /// Explains and writes everything; results are in the order of the inputs.
  func all() async throws -> [Writer.Written] {
    let size = team.preferredBatch
    return try await withThrowingTaskGroup(of: [Writer.Written].self) { group in
      var names = FileNames()
      var results: [Writer.Written] = []
      var (met, filesMet) = (0, 0)
      var emptyCount = 0
      var provenance = provenance
      for files in source.chunks(of: size) {
        async let loading = source.load(files)
        if let count = source.expectedCount(files) { try await compile(count, &provenance) }
        let inputs = await loading
        filesMet += files.count
        for start in stride(from: 0, to: inputs.count, by: size) {
          try Task.checkCancellation()
          let part = Array(inputs[start..<min(start + size, inputs.count)])
          try await compile(part.count, &provenance)
          let before = Double(met)
          let total = source.total(inputs.count - start + met, done: filesMet)
          let clock = ContinuousClock.now
          let explained = try await team.explain(part.map(\.tensor)) { done in
            reporter.progress(before + done, total)
          }
          provenance.timings.run = clock.secondsSince / Double(part.count)
          warn(of: explained, part, &emptyCount)
          if let written = try await group.next() { results += written }
          let jobs = zip(part, explained).map { writer.job($0, $1, provenance, &names) }
          group.addTask { await writer.write(jobs, source) }
          met += part.count
        }
      }
      while let written = try await group.next() { results += written }
      if emptyCount > Self.greatestWarningCount {
        let count = emptyCount - Self.greatestWarningCount
        reporter.warning("\(count) more maps have no position above zero for what they explain")
      }
      return results
    }
  }

  /// How many maps with nothing to show are named; the others are counted.
  private static var greatestWarningCount: Int { 10 }

  /// Says which maps have nothing that speaks for their target.
  private func warn(
    of explained: [SampleExplanations], _ inputs: [PreparedInput], _ count: inout Int
  ) {
    for (sample, input) in zip(explained, inputs) {
      for explanation in sample.explanations where explanation.isEmpty {
        count += 1
        guard count <= Self.greatestWarningCount else { continue }
        let row = input.row.map { ", row \($0)" } ?? ""
        let place = explanation.layer.map { "layer \($0.name)" } ?? "the input"
        reporter.warning(
          "\(input.path)\(row): \(explanation.method.method.id) at \(place) has no position above "
            + "zero for \(explanation.targetTitle): there is nothing to show for it; try another "
            + "layer or method")
      }
    }
  }

  /// Compiles for so many inputs and takes the time, unless that has been done.
  private func compile(_ count: Int, _ provenance: inout Provenance) async throws {
    guard provenance.timings.compile == 0 else { return }
    let clock = ContinuousClock.now
    try await team.compile(for: count)
    provenance.timings.compile = clock.secondsSince
  }
}

extension ContinuousClock.Instant {
  /// The seconds from then to now.
  fileprivate var secondsSince: Double { (ContinuousClock.now - self) / .seconds(1) }
}
