import GraphExecution
import TensorCore

/// Runs graphs of a network at many points of several samples, in full batches, whichever sample a point
/// belongs to.
final class PointRunner<Kind: Hashable & Sendable, Outputs: Sendable>: Sendable {
  private let model: Model
  private let options: ProgramOptions
  private let lane: ExecutionLane
  private let largestBatch: Int
  private let graph: @Sendable (_ kind: Kind, _ samples: Int) throws -> NetworkGraph<Outputs>
  private let programs = ProgramStore<Kind, Outputs>()

  /// How many batches of points are in memory at a time.
  private let batchesAtOnce = 4

  /// Prepares running; nothing is compiled yet.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - options: How graphs are compiled.
  ///   - lane: Where they are compiled and run.
  ///   - batch: How many points run at once.
  ///   - graph: Makes the graph of a kind for a number of points.
  init(
    _ model: Model, options: ProgramOptions, lane: ExecutionLane, batch: Int,
    graph: @escaping @Sendable (_ kind: Kind, _ samples: Int) throws -> NetworkGraph<Outputs>
  ) {
    self.model = model
    self.options = options
    self.lane = lane
    self.graph = graph
    largestBatch = batch
  }

  /// Runs a graph at points.
  ///
  /// - Parameters:
  ///   - kind: Which graph.
  ///   - count: How many points there are, at least one.
  ///   - inputs: The inputs of the graph at a point, by their labels; given what its results are read
  ///     with.
  ///   - read: Given what the graph gives for some points, the row of one of them, and that point.
  ///   - progress: Called with the share of the points that is done.
  /// - Throws: What building, compiling and running throw; `CancellationError`.
  func run(
    _ kind: Kind, count: Int, inputs: (Outputs, _ point: Int) throws -> [String: Tensor],
    read: (ProgramResults, Outputs, _ row: Int, _ point: Int) throws -> Void,
    progress: (Double) -> Void = { _ in }
  ) throws {
    let program = program(kind)
    let size = batch(for: count, of: program)
    let results = try program.compiled(for: size).results
    for part in (0..<count).parts(of: size * batchesAtOnce) {
      let samples = try part.map { try inputs(results, $0) }
      var next = part.lowerBound
      _ = try program.run(samples, size: size) { outputs, results, row in
        try read(outputs, results, row, next)
        next += 1
      }
      progress(Double(part.upperBound) / Double(count))
    }
  }

  /// What the results of a graph are read with, which is compiled for so many points.
  ///
  /// - Throws: What building and compiling throw.
  func results(of kind: Kind, count: Int) throws -> Outputs {
    let program = program(kind)
    return try program.compiled(for: batch(for: count, of: program)).results
  }

  private func program(_ kind: Kind) -> NetworkProgram<Outputs> {
    programs.program(kind) {
      NetworkProgram(options: options, lane: lane) { [graph] samples in try graph(kind, samples) }
    }
  }

  /// The points of a run.
  private func batch(for count: Int, of program: NetworkProgram<Outputs>) -> Int {
    guard model.fixedBatch == nil else { return largestBatch }
    return RunSize.best(for: count, largest: largestBatch, isKnown: program.isCompiled)
  }
}
