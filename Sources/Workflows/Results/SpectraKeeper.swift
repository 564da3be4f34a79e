import Explanations
import Synchronization

/// Keeps explanations of spectra, in order, until it is known how many there are.
struct SpectraKeeper: ResultWriter {
  /// What names files and would write each spectrum.
  let writer: ExplanationWriter

  private let kept = Kept()

  private final class Kept: Sendable {
    let jobs = Mutex<[ExplanationWriter.Job]>([])
  }

  init(writer: ExplanationWriter) {
    self.writer = writer
  }

  /// The spectra whose numbers are finite.
  var jobs: [ExplanationWriter.Job] { kept.jobs.withLock(\.self) }

  func job(
    _ input: PreparedInput, _ sample: SampleExplanations, _ provenance: Provenance,
    _ names: inout FileNames
  ) -> ExplanationWriter.Job {
    let job = writer.job(input, sample, provenance, &names)
    if (try? writer.check(job)) != nil { kept.jobs.withLock { $0.append(job) } }
    return job
  }

  func path(of job: ExplanationWriter.Job) -> String { job.input.path }

  /// Writes nothing yet.
  func write(_ job: ExplanationWriter.Job) throws -> ExplainedInput {
    try writer.check(job)
    return writer.entry(job, files: job.names.map { _ in [] })
  }
}
