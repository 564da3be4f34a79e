import Foundation

/// Two OpenMP threads that sleep for as long as the process runs, so that others sleep soon.
///
/// A thread of GNU's runtime that waits for others spins for milliseconds, which costs a busy machine
/// many times the work itself, unless the runtime has more threads than there are processors: then it
/// spins for microseconds (`gomp_managed_threads` in libgomp). One thread more than it has is
/// enough. The variables that say the same are read before a program begins, so a program cannot
/// set them for itself.
enum SleepingTeam {
  /// Whether no variable says how threads wait.
  static let isWanted: Bool = {
    let environment = ProcessInfo.processInfo.environment
    return ["OMP_WAIT_POLICY", "GOMP_SPINCOUNT"].allSatisfy { environment[$0] == nil }
  }()

  /// Starts the threads once, unless a user decides how threads wait.
  static let started: Void = {
    guard OpenMP.shared.runsTeams, isWanted else { return }
    let thread = Thread {
      OpenMP.shared.runTeam(threadCount: 2) { _, _ in }
      // The runtime counts the threads of a team until the thread that started it ends.
      while true { Thread.sleep(until: .distantFuture) }
    }
    thread.name = "vitrine.sleeping"
    thread.start()
  }()
}
