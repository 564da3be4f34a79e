import Foundation

/// How long something takes, from when it is made on.
struct Stopwatch {
  private let start = ContinuousClock.now
  private let startOfProcessor = Stopwatch.processorMilliseconds

  /// Milliseconds by the clock.
  var milliseconds: Double { (ContinuousClock.now - start) / .milliseconds(1) }

  /// Milliseconds of processors, of all threads together.
  var processor: Double { Self.processorMilliseconds - startOfProcessor }

  /// What the threads of this process have used so far.
  private static var processorMilliseconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }
}
