import Evaluation
import Synchronization
import Workflows

/// How far an evaluation is, for people.
final class JudgingProgress: Sendable {
  private struct State {
    var done = 0.0
    var passCount = 0
  }

  private let state = Mutex(State())
  private let reporter: WorkflowReporter
  private let total: Int?

  init(_ reporter: WorkflowReporter, total: Int?) {
    self.reporter = reporter
    self.total = total
  }

  /// Adds a part of an input.
  func add(_ share: Double) {
    let done = state.withLock {
      $0.done += share
      return $0.done
    }
    reporter.progress(done, total)
  }

  /// Adds the passes of an input.
  func done(_ sample: EvaluatedSample) {
    state.withLock { $0.passCount += sample.passCount }
  }

  /// How many masked inputs were scored.
  var passCount: Int { state.withLock(\.passCount) }
}
