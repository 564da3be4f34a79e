import Explanations
import GraphExecution

/// Judges maps of many inputs and keeps what is found in a store.
///
/// Inputs come in blocks, and each lane takes one block after another. Which input gives the control
/// "another input" is said with each, so that numbers do not depend on which lane is quicker.
package struct EvaluationRun: Sendable {
  /// How many inputs stand together.
  package static let blockSize = 8

  private let store: EvaluationStore
  private let number: Int64
  private let evaluators: [SampleEvaluator]

  /// An input with others, whose maps and weights of channels are its controls.
  package struct Pair: Sendable {
    package let sample: EvaluationSample

    /// The one whose maps are controls.
    package let partner: EvaluationSample?

    /// The one whose weights of channels are, of the same class; nil where the partner has to do.
    package let companion: EvaluationSample?

    package init(
      _ sample: EvaluationSample, partner: EvaluationSample?, companion: EvaluationSample? = nil
    ) {
      self.sample = sample
      self.partner = partner
      self.companion = companion
    }
  }

  /// What happens while it runs.
  package struct Events: Sendable {
    /// Called with how many inputs are done since the last call, parts of them included.
    package var progress: @Sendable (Double) -> Void

    /// Called after an input, with the masked inputs that were scored for it.
    package var done: @Sendable (EvaluatedSample) -> Void

    /// Called for an input that cannot be judged.
    package var failure: @Sendable (EvaluationSample, any Error) -> Void

    /// Asked after every block: whether enough is known.
    package var isEnough: @Sendable () -> Bool

    package init(
      progress: @escaping @Sendable (Double) -> Void = { _ in },
      done: @escaping @Sendable (EvaluatedSample) -> Void = { _ in },
      failure: @escaping @Sendable (EvaluationSample, any Error) -> Void = { _, _ in },
      isEnough: @escaping @Sendable () -> Bool = { false }
    ) {
      self.progress = progress
      self.done = done
      self.failure = failure
      self.isEnough = isEnough
    }
  }

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - plan: What is judged.
  ///   - store: Where it is kept.
  ///   - number: The number of the run in the store.
  ///   - laneCount: How many inputs are judged at a time.
  /// - Throws: What compiling throws.
  package init(
    _ plan: EvaluationPlan, store: EvaluationStore, number: Int64, laneCount: Int
  ) throws {
    self.store = store
    self.number = number
    evaluators =
      laneCount == 1
      ? [try SampleEvaluator(plan)]
      : try (0..<laneCount).map { _ in
        try SampleEvaluator(plan, lane: try ExecutionLane(threadCount: 1))
      }
  }

  /// Judges all inputs that blocks bring, until there are no more or enough is known.
  ///
  /// - Parameters:
  ///   - blocks: Gives the next block; nil after the last.
  ///   - events: Told what happens.
  /// - Throws: `CancellationError` once the store holds what was found; what reading and the store throw.
  package func evaluate(
    _ blocks: () async throws -> [Pair]?, _ events: Events
  ) async throws {
    try await withThrowingTaskGroup(of: Int.self) { group in
      var free = Array(evaluators.indices)
      while !events.isEnough(), let block = try await blocks() {
        if free.isEmpty, let lane = try await group.next() { free.append(lane) }
        try Task.checkCancellation()
        guard let lane = free.popLast() else { continue }
        group.addTask {
          try judge(block, by: evaluators[lane], events)
          return lane
        }
      }
      try await group.waitForAll()
    }
  }

  private func judge(
    _ block: [Pair], by evaluator: SampleEvaluator, _ events: Events
  ) throws {
    let prepared: [Prepared]
    do {
      prepared = try self.prepared(block, by: evaluator)
    } catch let error as CancellationError {
      throw error
    } catch {
      for pair in block {
        events.failure(pair.sample, error)
        events.progress(1)
      }
      return
    }
    for input in prepared { try judge(input, by: evaluator, events) }
  }

  /// An input with what is known and was made beforehand.
  private struct Prepared {
    let pair: Pair
    let known: KnownSample
    let random: RandomNetworkMaps?
  }

  /// What is made for all inputs of a block together.
  private func prepared(
    _ block: [Pair], by evaluator: SampleEvaluator
  ) throws -> [Prepared] {
    try Task.checkCancellation()
    let known = try block.map { ($0, try store.known($0.sample, in: number)) }
    return zip(known, try evaluator.randomMaps(of: known)).map { input, random in
      Prepared(pair: input.0, known: input.1, random: random)
    }
  }

  private func judge(
    _ input: Prepared, by evaluator: SampleEvaluator, _ events: Events
  ) throws {
    try Task.checkCancellation()
    let sample = input.pair.sample
    var reported = 0.0
    do {
      let evaluated = try evaluator.evaluate(
        sample, partner: input.pair.partner, companion: input.pair.companion,
        known: input.known, random: input.random
      ) { share in
        events.progress(share - reported)
        reported = share
      }
      try store.add(evaluated, to: number)
      events.done(evaluated)
    } catch let error as CancellationError {
      throw error
    } catch {
      events.failure(sample, error)
    }
    events.progress(1 - reported)
  }
}
