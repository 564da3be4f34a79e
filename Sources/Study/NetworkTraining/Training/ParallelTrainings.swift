import Foundation
package import GraphExecution
import Synchronization

/// Runs independent jobs, such as the trainings of a cross-validation, several at a time.
///
/// Small networks are trained faster by several lanes of one thread each than one after another
/// with all threads, and each result depends on its own job only.
package enum ParallelTrainings {
  /// Runs `count` jobs on some lanes and waits for all.
  ///
  /// - Parameters:
  ///   - count: The number of jobs.
  ///   - laneCount: How many run at a time, each on a lane of one thread.
  ///   - body: Runs the job with an index on a lane; called on threads of this function, which do not
  ///     belong to the caller's task: the third argument says whether that was cancelled.
  /// - Returns: The results in the order of the indices.
  /// - Throws: `CancellationError` when the task is cancelled, else the first error by index of those
  ///   that occurred; no job is started after either.
  package static func map<Result: Sendable>(
    _ count: Int, laneCount: Int,
    _ body:
      @escaping @Sendable (Int, ExecutionLane, @escaping @Sendable () -> Bool) throws -> Result
  ) throws -> [Result] {
    let queue = JobQueue<Result>(count: count)
    let lanes = try (0..<max(1, min(laneCount, count))).map { _ throws in
      try ExecutionLane(threadCount: 1)
    }
    let group = DispatchGroup()
    for lane in lanes {
      group.enter()
      let thread = Thread {
        while let index = queue.next() {
          queue.finish(index, Swift.Result { try body(index, lane, { queue.isCancelled }) })
        }
        group.leave()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    while group.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
      if Task.isCancelled { queue.cancel() }
    }
    try Task.checkCancellation()
    return try queue.results()
  }
}

/// Indices to be done and what became of them.
private final class JobQueue<Result: Sendable>: Sendable {
  private struct State: Sendable {
    var nextIndex = 0
    var outcomes: [Swift.Result<Result, any Error>?]
    var hasFailed = false
    var wasCancelled = false
  }

  private let state: Mutex<State>

  init(count: Int) {
    state = Mutex(State(outcomes: Array(repeating: nil, count: count)))
  }

  func next() -> Int? {
    state.withLock { state in
      guard state.nextIndex < state.outcomes.count, !state.hasFailed, !state.wasCancelled else {
        return nil
      }
      state.nextIndex += 1
      return state.nextIndex - 1
    }
  }

  var isCancelled: Bool { state.withLock { $0.wasCancelled } }

  func cancel() { state.withLock { $0.wasCancelled = true } }

  func finish(_ index: Int, _ outcome: Swift.Result<Result, any Error>) {
    state.withLock { state in
      state.outcomes[index] = outcome
      if case .failure = outcome { state.hasFailed = true }
    }
  }

  func results() throws -> [Result] {
    let outcomes = state.withLock { $0.outcomes }
    return try outcomes.compactMap { try $0?.get() }
  }
}
