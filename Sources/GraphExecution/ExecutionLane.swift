/// A thread that compiles and runs programs, with a team of kernel threads of its own.
///
/// Programs of one lane run one after another; those of several lanes run at the same time. Small
/// networks finish sooner on several lanes of one thread each than one after another on a lane of
/// several threads.
public final class ExecutionLane: Sendable {
  let thread: KernelThread
  let engine: Result<Engine, ExecutionError>

  /// The bytes that its programs use, one after another.
  let arena = SharedArena()

  /// The lane of the process, which programs use unless told otherwise.
  public static let shared = ExecutionLane(thread: .shared, engine: Engine.made)

  private init(thread: KernelThread, engine: Result<Engine, ExecutionError>) {
    self.thread = thread
    self.engine = engine
  }

  /// Starts a lane, which ends with the object and the last program on it.
  ///
  /// - Parameter threadCount: How many threads its kernels use, at least 1.
  /// - Throws: `ExecutionError` when the kernel library refuses another engine.
  public init(threadCount: Int) throws(ExecutionError) {
    engine = .success(try Engine())
    thread = KernelThread()
    thread.setThreadCount(max(1, threadCount))
  }

  /// How many threads its kernels use.
  public var threadCount: Int { thread.threadCount }
}
