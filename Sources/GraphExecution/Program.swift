public import GraphIR
public import TensorCore

/// How a graph is compiled.
public struct ProgramOptions: Hashable, Sendable {
  /// The numbers that convolutions compute with; sums are always `Float`.
  public enum Precision: String, Hashable, Sendable, CaseIterable {
    /// 32-bit numbers; wide 3×3 convolutions multiply less by the algorithm of Winograd, which
    /// rounds a little more.
    case float32
    /// 32-bit numbers, every convolution by its definition.
    case directFloat32 = "direct-float32"
    /// 16-bit numbers with the range of `Float`: about twice as fast where the processor has them.
    case bfloat16
  }

  /// The numbers that convolutions compute with.
  public var precision: Precision

  /// Creates options.
  public init(precision: Precision = .float32) {
    self.precision = precision
  }
}

/// A graph compiled to a list of kernels that can be run many times.
///
/// Buffers are planned once and reused, so a program runs one call at a time; calls from several
/// threads wait for each other.
public final class Program: @unchecked Sendable {
  // Everything below is touched on the kernel thread only, which runs one job at a time.
  private let steps: CompiledSteps
  private let engine: Engine
  private let thread: KernelThread
  private let outputs: OutputList

  /// Compiles a graph.
  ///
  /// - Parameters:
  ///   - graph: What is computed; its outputs are the results.
  ///   - options: How it is compiled.
  ///   - lane: Where it is compiled and run.
  /// - Throws: `ExecutionError` naming the node for which there is no kernel.
  public init(
    _ graph: Graph, options: ProgramOptions = ProgramOptions(), lane: ExecutionLane = .shared
  ) throws(ExecutionError) {
    let engine = try lane.engine.get()
    self.engine = engine
    thread = lane.thread
    outputs = OutputList(graph.outputs.map(\.name))
    steps = try thread.run { () throws(ExecutionError) in
      let graph = try graph.withGradientsAsConvolutions()
      return try CompiledSteps(
        ProgramDraft(graph: graph, engine: engine, options: options), in: lane.arena)
    }
  }

  /// The bytes of the buffers that a run needs, constants not counted.
  public var arenaByteCount: Int { steps.arenaByteCount }

  /// Runs the program.
  ///
  /// - Parameter inputs: A tensor for every input of the graph, by label; others are ignored.
  /// - Returns: The outputs of the graph.
  /// - Throws: `ExecutionError` when an input is missing or has the wrong shape.
  public func run(_ inputs: [String: Tensor]) throws(ExecutionError) -> ProgramResults {
    try thread.run { () throws(ExecutionError) in
      try write(inputs)
      try steps.run(engine)
      return read()
    }
  }

  /// Runs the program step by step and takes the time of each.
  ///
  /// - Parameter inputs: As for `run`.
  /// - Returns: The name of every step and its seconds.
  /// - Throws: As `run`.
  public func profile(
    _ inputs: [String: Tensor]
  ) throws(ExecutionError) -> [(step: String, seconds: Double)] {
    try thread.run { () throws(ExecutionError) in
      try write(inputs)
      let clock = ContinuousClock()
      var profile: [(step: String, seconds: Double)] = []
      for (index, name) in steps.names.enumerated() {
        let start = clock.now
        try steps.runStep(index, engine)
        profile.append((name, (clock.now - start) / .seconds(1)))
      }
      return profile
    }
  }

  /// Sets how many threads kernels use in this process from now on.
  ///
  /// - Parameter count: At least 1; nil leaves it to `OMP_NUM_THREADS` or the processors.
  public static func setThreadCount(_ count: Int?) {
    KernelThread.shared.setThreadCount(count.map { max(1, $0) })
  }

  /// How many threads kernels use.
  public static var threadCount: Int { KernelThread.shared.threadCount }

  /// The version of the kernel library, such as `2.6.3`.
  public static var libraryVersion: String { Engine.libraryVersion }

  private func write(_ inputs: [String: Tensor]) throws(ExecutionError) {
    for (label, memory, shape) in steps.inputs {
      guard let tensor = inputs[label] else {
        throw ExecutionError(.invalidArguments, "input \(label) of shape \(shape) is missing")
      }
      guard tensor.shape == shape else {
        throw ExecutionError(
          .invalidArguments, "input \(label) has shape \(tensor.shape), not \(shape)")
      }
      memory.write(tensor.elements)
    }
  }

  private func read() -> ProgramResults {
    ProgramResults(outputs, steps.results())
  }
}
