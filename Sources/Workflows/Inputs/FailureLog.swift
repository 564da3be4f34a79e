import Synchronization

/// The inputs that could not be read, explained or written, in the order in which that was found.
package final class FailureLog: Sendable {
  private let failures = Mutex<[InputFailure]>([])
  private let reporter: WorkflowReporter

  /// Starts an empty log; failures are also told to the reporter.
  package init(_ reporter: WorkflowReporter) {
    self.reporter = reporter
  }

  /// All failures so far.
  package var all: [InputFailure] { failures.withLock(\.self) }

  /// Keeps and reports a failure.
  package func add(_ failure: InputFailure) {
    failures.withLock { $0.append(failure) }
    reporter.failure(failure)
  }
}
