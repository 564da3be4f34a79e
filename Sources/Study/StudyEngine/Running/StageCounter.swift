import Synchronization

/// Counts what is done of a part of a study, from any thread.
final class StageCounter: Sendable {
  private let done = Mutex(0)
  private let stage: SpectralStudy.Progress.Stage
  private let total: Int
  private let report: @Sendable (SpectralStudy.Progress) -> Void

  init(
    _ stage: SpectralStudy.Progress.Stage, total: Int,
    report: @escaping @Sendable (SpectralStudy.Progress) -> Void
  ) {
    self.stage = stage
    self.total = total
    self.report = report
    report(SpectralStudy.Progress(stage: stage, done: 0, total: total, detail: ""))
  }

  /// One more is done.
  func increase() {
    let count = done.withLock { done in
      done += 1
      return done
    }
    report(SpectralStudy.Progress(stage: stage, done: count, total: total, detail: ""))
  }
}
