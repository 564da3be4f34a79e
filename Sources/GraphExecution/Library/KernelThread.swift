import Foundation

/// The one thread on which primitives are created and run.
///
/// The OpenMP runtime keeps a set of workers per calling thread, so running kernels from the
/// tasks of a concurrent program would multiply threads. Callers wait; work runs in order of
/// arrival.
final class KernelThread: @unchecked Sendable {
  // `thread` is set once before the initializer returns; all else is in the mailbox, which
  // synchronizes itself.
  private let mailbox = Mailbox()
  private let thread: Thread

  /// The thread that the whole process shares.
  static let shared = KernelThread()

  /// Starts a thread with a stack of 8 MB, which ends with the object.
  init() {
    SleepingTeam.started
    thread = Thread { [mailbox] in mailbox.serve() }
    thread.name = "vitrine.kernels"
    thread.stackSize = 8 << 20
    thread.start()
  }

  deinit {
    mailbox.close()
  }

  /// Runs `body` on the thread, waits for it, and passes on its result or error.
  ///
  /// Called on the thread itself, it runs `body` at once.
  ///
  /// - Throws: What `body` throws.
  func run<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
    if Thread.current === thread { return try body() }
    var result: Result<Value, Failure>?
    withoutActuallyEscaping(body) { body in
      mailbox.deliver {
        do throws(Failure) {
          result = .success(try body())
        } catch {
          result = .failure(error)
        }
      }
    }
    guard let result else { preconditionFailure("a job that was delivered has a result") }
    return try result.get()
  }

  /// Sets how many threads kernels use from now on; nil leaves it to `OMP_NUM_THREADS`, or to
  /// the number of processors.
  func setThreadCount(_ count: Int?) {
    guard let count else { return }
    precondition(count >= 1, "kernels need at least one thread")
    run { OpenMP.shared.setCurrentThreadCount(count) }
  }

  /// How many threads kernels use.
  var threadCount: Int { run { OpenMP.shared.currentThreadCount } }
}

/// Jobs on their way to the kernel thread.
private final class Mailbox: @unchecked Sendable {
  private final class Job {
    let run: () -> Void
    var isDone = false

    init(_ run: @escaping () -> Void) { self.run = run }
  }

  // Guards everything below.
  private let condition = NSCondition()
  private var jobs: [Job] = []
  private var isClosed = false

  /// Hands a job over and returns when it has run.
  func deliver(_ run: @escaping () -> Void) {
    let job = Job(run)
    condition.lock()
    defer { condition.unlock() }
    jobs.append(job)
    condition.broadcast()
    while !job.isDone { condition.wait() }
  }

  /// Runs jobs until the mailbox is closed.
  func serve() {
    condition.lock()
    defer { condition.unlock() }
    while true {
      while jobs.isEmpty && !isClosed { condition.wait() }
      guard !jobs.isEmpty else { return }
      let job = jobs.removeFirst()
      condition.unlock()
      job.run()
      condition.lock()
      job.isDone = true
      condition.broadcast()
    }
  }

  func close() {
    condition.lock()
    defer { condition.unlock() }
    isClosed = true
    condition.broadcast()
  }
}
