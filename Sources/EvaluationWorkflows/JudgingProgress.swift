import Synchronization
import Workflows

/// How far an evaluation is, for people.
final class JudgingProgress: Sendable {
  private let done = Mutex(0.0)
  private let reporter: WorkflowReporter
  private let total: Int?

  init(_ reporter: WorkflowReporter, total: Int?) {
    self.reporter = reporter
    self.total = total
  }

  /// Adds a part of an input.
  func add(_ share: Double) {
    let done = done.withLock {
      $0 += share
      return $0
    }
    reporter.progress(done, total)
  }
}
