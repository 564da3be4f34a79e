import Synchronization

/// The inputs that could not be read, explained or written, in the order in which that was found.
final class FailureLog: Sendable {
  private let failures = Mutex<[InputFailure]>([])
  private let reporter: WorkflowReporter

  /// Starts an empty log; failures are also told to the reporter.
  init(_ reporter: WorkflowReporter) {
    self.reporter = reporter
  }

  /// All failures so far.
  var all: [InputFailure] { failures.withLock(\.self) }

  /// Keeps and reports a failure.
  func add(_ failure: InputFailure) {
    failures.withLock { $0.append(failure) }
    reporter.failure(failure)
  }
}
