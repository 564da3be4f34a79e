import Explanations
import GraphExecution
import TensorCore

/// Explainers of one plan that share the inputs of a run.
///
/// Large networks have one, whose kernels use all threads. Small ones have one for each thread:
/// their kernels are too short to be shared out, the more so when other programs compute too.
struct ExplainerTeam: Sendable {
  private let members: [Explainer]

  /// Operations for one sample below which a network is small.
  private static let smallOperationCount = 200_000_000

  /// Makes one explainer on the lane of the process.
  init(_ explainer: Explainer) {
    members = [explainer]
  }

  /// Makes as many explainers as suit the network.
  ///
  /// - Throws: `ExecutionError` when a lane cannot be started.
  init(
    _ model: Model, _ plan: ExplanationPlan, options: ProgramOptions, batch: Int?
  ) throws(ExecutionError) {
    let cost = model.layers.reduce(0) { $0 + $1.operationCount }
    let isSmall = model.inputs.allSatisfy { $0.shape.rank == 2 } && cost < Self.smallOperationCount
    guard isSmall, Program.threadCount > 1 else {
      members = [Explainer(model, plan, options: options, batch: batch)]
      return
    }
    var members: [Explainer] = []
    for _ in 0..<min(Program.threadCount, 16) {
      let lane = try ExecutionLane(threadCount: 1)
      members.append(Explainer(model, plan, options: options, batch: batch, lane: lane))
    }
    self.members = members
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

  /// Explains inputs and keeps their order; `progress` is told how many are done.
  func explain(
    _ inputs: [[String: Tensor]], progress: @Sendable (Double) -> Void
  ) async throws -> [SampleExplanations] {
    let share = share(of: inputs.count)
    guard share < inputs.count else { return try members[0].explain(inputs, progress: progress) }
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
