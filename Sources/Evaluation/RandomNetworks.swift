import ExplanationQuality
import Explanations
import GraphExecution
import Synchronization
import TensorCore

/// The maps of one input by networks with random weights.
package struct RandomNetworkMaps: Sendable {
  /// For each step from the scores downward, then for another network that is random altogether.
  let networks: [[MapKey: Tensor]]

  /// How long they took.
  let seconds: Double
}

/// Networks whose weights are made random from the scores downward, on one lane.
///
/// One is made after another and explains all inputs that are given together, so that no input compiles
/// anything of its own; those that fit into memory beside each other stay.
final class RandomNetworks: Sendable {
  private let plan: EvaluationPlan
  private let lane: ExecutionLane
  private let steps: [[Layer]]
  private let kept = Mutex<[Int: NetworkMaps]>([:])

  /// How many bytes of weights all networks that stay may have.
  private static let budget = 128 << 20

  /// How many times weights are held: as they are, and as forward and backward passes want them.
  private static let copyCount = 3

  init(_ plan: EvaluationPlan, lane: ExecutionLane) {
    self.plan = plan
    self.lane = lane
    steps = plan.model.randomizationSteps()
  }

  /// Explains inputs by every network.
  ///
  /// - Parameter samples: The inputs, with what is explained of them.
  /// - Returns: One entry for each input.
  /// - Throws: What making networks and explaining throw; `CancellationError`.
  func maps(of samples: [EvaluationSample]) throws -> [RandomNetworkMaps] {
    guard !samples.isEmpty else { return [] }
    let start = ContinuousClock.now
    var found = samples.map { _ in [[MapKey: Tensor]]() }
    for index in 0...steps.count {
      let network = try network(index)
      for place in samples.indices {
        try Task.checkCancellation()
        let inputs = samples[place].inputs
        let sums = try network.activationSums(inputs)
        let own = try network.methods(inputs, for: samples[place]).mapValues(\.map)
        found[place].append(own.merging(sums) { first, _ in first })
      }
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1) / Double(samples.count)
    return found.map { RandomNetworkMaps(networks: $0, seconds: seconds) }
  }

  private func network(_ index: Int) throws -> NetworkMaps {
    if let known = kept.withLock({ $0[index] }) { return known }
    // The other network is random altogether too, with other numbers.
    let isOther = index == steps.count
    let model = try plan.model.randomized(
      above: isOther ? [] : steps[index], seed: isOther ? ~plan.seed : plan.seed)
    let made = try NetworkMaps(plan, of: model, lane: lane)
    if index < keptCount { kept.withLock { $0[index] = made } }
    return made
  }

  private var keptCount: Int {
    let weights = plan.model.layers.reduce(0) { $0 + $1.parameterCount }
    return Self.budget / max(1, Self.copyCount * 4 * weights)
  }
}
