import Explanations
import GraphExecution
import TensorCore

/// Explainers of one plan that share the inputs of a run.
///
/// One explainer's kernels use all threads, and wait for each other at the end of every kernel. Where
/// there are many inputs, or kernels are short, each thread has an explainer of its own instead: none
/// waits, also when pictures are read and written meanwhile.
struct ExplainerTeam: Sendable {
  private let members: [Explainer]

  /// Operations for one sample below which a network is small.
  private static let smallOperationCount = 200_000_000

  /// How many inputs there must be for each thread.
  private static let leastInputsPerThread = 4

  /// How many values of layers, of all samples that run at once, may be in memory.
  private static let greatestValueCount = 250_000_000

  /// Makes one explainer on the lane of the process.
  init(_ explainer: Explainer) {
    members = [explainer]
  }

  /// Makes as many explainers as suit the network.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - plan: What is explained.
  ///   - options: How graphs are compiled.
  ///   - batch: How many samples each explainer runs at once; nil chooses.
  ///   - count: How many files there are.
  /// - Throws: `ExecutionError` when a lane cannot be started.
  init(
    _ model: Model, _ plan: ExplanationPlan, options: ProgramOptions, batch: Int?, count: Int
  ) throws(ExecutionError) {
    let threads = min(Program.threadCount, 16)
    guard threads > 1, Self.suitsThreads(model, plan, threads, batch: batch, count: count) else {
      members = [Explainer(model, plan, options: options, batch: batch)]
      return
    }
    var members: [Explainer] = []
    for _ in 0..<threads {
      let lane = try ExecutionLane(threadCount: 1)
      members.append(Explainer(model, plan, options: options, batch: batch, lane: lane))
    }
    self.members = members
  }

  /// Whether each thread should have an explainer of its own.
  private static func suitsThreads(
    _ model: Model, _ plan: ExplanationPlan, _ threads: Int, batch: Int?, count: Int
  ) -> Bool {
    let cost = model.layers.reduce(0) { $0 + $1.operationCount }
    if model.inputs.allSatisfy({ $0.shape.rank == 2 }) { return cost < smallOperationCount }
    // Gradients and relevance need about as many values as the layers have.
    let values = model.layers.reduce(0) { $0 + $1.shape.elementCount } * (1 + plan.items.count)
    let samples = threads * (batch ?? Explainer.preferredBatch(for: model))
    return count >= leastInputsPerThread * threads && values * samples <= greatestValueCount
  }

  /// How many samples are best given at once.
  var preferredBatch: Int { members.count * members[0].preferredBatch }

  /// How many samples each member gets of so many; a single batch is not divided.
  private func share(of count: Int) -> Int {
    let preferred = members[0].preferredBatch
    return count <= preferred ? count : (count + members.count - 1) / members.count
  }

  /// Compiles what explaining so many inputs needs.
  func compile(for count: Int) async throws {
    let share = share(of: count)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, member) in members.enumerated() where index * share < count {
        group.addTask { try member.compile(for: min(share, count - index * share)) }
      }
      try await group.waitForAll()
    }
  }

  /// Explains inputs and keeps their order; `progress` is told how many are done, `detail` how far one is.
  func explain(
    _ inputs: [[String: Tensor]], progress: @Sendable (Double) -> Void,
    detail: @Sendable (String) -> Void = { _ in }
  ) async throws -> [SampleExplanations] {
    let share = share(of: inputs.count)
    guard share < inputs.count else {
      return try members[0].explain(inputs, progress: progress, detail: detail)
    }
    var parts = [[SampleExplanations]](repeating: [], count: members.count)
    try await withThrowingTaskGroup(of: (Int, [SampleExplanations]).self) { group in
      for (index, member) in members.enumerated() where index * share < inputs.count {
        let part = Array(inputs[index * share..<min((index + 1) * share, inputs.count)])
        group.addTask { (index, try member.explain(part)) }
      }
      var done = 0.0
      for try await (index, part) in group {
        parts[index] = part
        done += Double(part.count)
        progress(done)
      }
    }
    return parts.flatMap(\.self)
  }
}
