import Foundation

/// The OpenMP runtime that the kernel library brought into the process, found by name so that
/// Vitrine does not link against one of its own.
///
/// Each function does nothing useful, and says so, where no such runtime is loaded.
@safe
struct OpenMP: Sendable {
  typealias Body = @convention(c) (UnsafeMutableRawPointer?) -> Void
  private typealias Getter = @convention(c) () -> Int32
  private typealias Setter = @convention(c) (Int32) -> Void
  private typealias Region =
    @convention(c) (Body, UnsafeMutableRawPointer?, UInt32, UInt32) -> Void

  private let setThreadCount: Setter?
  private let maximumThreadCount: Getter?
  private let threadIndex: Getter?
  private let teamSize: Getter?
  private let region: Region?

  /// The runtime of this process.
  static let shared = OpenMP()

  private init() {
    let process = unsafe dlopen(nil, RTLD_NOW)
    func find<Function>(_ name: String, as type: Function.Type) -> Function? {
      guard let process = unsafe process, let symbol = unsafe dlsym(process, name) else {
        return nil
      }
      return unsafe unsafeBitCast(symbol, to: type)
    }
    setThreadCount = find("omp_set_num_threads", as: Setter.self)
    maximumThreadCount = find("omp_get_max_threads", as: Getter.self)
    threadIndex = find("omp_get_thread_num", as: Getter.self)
    teamSize = find("omp_get_num_threads", as: Getter.self)
    unsafe region = find("GOMP_parallel", as: Region.self)
  }

  /// Whether ``runTeam(_:)`` uses more than the calling thread.
  var runsTeams: Bool { unsafe region != nil && threadIndex != nil && teamSize != nil }

  /// How many threads a region started from the calling thread gets: what was set, else
  /// `OMP_NUM_THREADS`, else the number of processors; 1 without a runtime.
  var currentThreadCount: Int { maximumThreadCount.map { Int($0()) } ?? 1 }

  /// Sets the number of threads of regions started from the calling thread.
  func setCurrentThreadCount(_ count: Int) {
    setThreadCount?(Int32(clamping: count))
  }

  /// Calls `body(index, teamSize)` once on each thread of a team and waits for all.
  ///
  /// - Parameters:
  ///   - threadCount: How many threads the team has; 0 for ``currentThreadCount``.
  ///   - body: Runs on all of them at once.
  func runTeam(threadCount: Int = 0, _ body: (Int, Int) -> Void) {
    guard let region = unsafe region, let threadIndex, let teamSize else { return body(0, 1) }
    withoutActuallyEscaping(body) { body in
      var team = Team { body(Int(threadIndex()), Int(teamSize())) }
      unsafe withUnsafeMutablePointer(to: &team) { pointer in
        unsafe region(
          { unsafe $0?.assumingMemoryBound(to: Team.self).pointee.run() }, pointer,
          UInt32(threadCount), 0)
      }
    }
  }

  private struct Team {
    let run: () -> Void
  }
}
