import GraphExecution
package import GraphIR
import Synchronization
import TensorCore

/// A graph that was made of a network, with what its results are read with.
package struct NetworkGraph<Results: Sendable>: Sendable {
  package let graph: Graph
  package let results: Results
}

/// Something that is computed of samples, compiled once for every number of them that is run.
final class NetworkProgram<Results: Sendable>: Sendable {
  /// A program for a number of samples.
  struct Compiled: Sendable {
    let program: Program

    /// What its results are read with.
    let results: Results
  }

  private let options: ProgramOptions
  private let lane: ExecutionLane
  private let graph: @Sendable (_ samples: Int) throws -> NetworkGraph<Results>
  private let known = Mutex<[Int: Compiled]>([:])

  /// Prepares a computation; nothing is compiled yet.
  ///
  /// - Parameters:
  ///   - options: How graphs are compiled.
  ///   - lane: Where they are compiled and run.
  ///   - graph: Makes the graph for a number of samples.
  init(
    options: ProgramOptions = ProgramOptions(), lane: ExecutionLane = .shared,
    graph: @escaping @Sendable (_ samples: Int) throws -> NetworkGraph<Results>
  ) {
    self.options = options
    self.lane = lane
    self.graph = graph
  }

  /// Whether there is a program for so many samples.
  func isCompiled(for samples: Int) -> Bool {
    known.withLock { $0[samples] != nil }
  }

  /// The program for so many samples; whoever asks for one that is being compiled waits for it.
  ///
  /// - Throws: What building and compiling throw.
  func compiled(for samples: Int) throws -> Compiled {
    try known.withLock { known in
      if let compiled = known[samples] { return compiled }
      let made = try graph(samples)
      let compiled = Compiled(
        program: try Program(made.graph, options: options, lane: lane), results: made.results)
      known[samples] = compiled
      return compiled
    }
  }

  /// Runs samples in parts of one size; the last part is filled up with copies of its first sample.
  ///
  /// - Parameters:
  ///   - samples: At least one; of each the inputs of the graph by label, all of one shape.
  ///   - size: How many are run at a time.
  ///   - others: What the other inputs are.
  ///   - read: Reads one sample of a part.
  /// - Returns: What was read, in the order of the samples.
  /// - Throws: What building, compiling and running throw; `CancellationError`.
  func run<Sample>(
    _ samples: [[String: Tensor]], size: Int, _ others: [String: Tensor] = [:],
    read: (ProgramResults, Results, _ sample: Int) throws -> Sample
  ) throws -> [Sample] {
    try samples.indices.parts(of: size).flatMap { part in
      try Task.checkCancellation()
      let compiled = try compiled(for: size)
      var inputs = others
      inputs.merge(Tensor.stacks(samples[part], filledTo: size)) { _, stacked in stacked }
      let outputs = try compiled.program.run(inputs)
      return try (0..<part.count).map { try read(outputs, compiled.results, $0) }
    }
  }
}

extension Tensor {
  /// Stacks tensors of one shape, with further copies of the first up to a number.
  static func stack(_ parts: [Tensor], filledTo count: Int) -> Tensor {
    stack(parts + Array(repeating: parts[0], count: count - parts.count))
  }

  /// Stacks samples input by input, with further copies of the first up to a number.
  static func stacks(
    _ samples: some Collection<[String: Tensor]>, filledTo count: Int
  ) -> [String: Tensor] {
    guard let first = samples.first else { return [:] }
    let pairs = first.keys.map { name in
      (name, stack(samples.compactMap { $0[name] }, filledTo: count))
    }
    return Dictionary(pairs) { first, _ in first }
  }
}
