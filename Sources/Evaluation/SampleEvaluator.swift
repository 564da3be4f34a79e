import ExplanationQuality
import Explanations
package import GraphExecution
import TensorCore

/// Judges maps of one input after another, on one lane.
package final class SampleEvaluator: Sendable {
  private let plan: EvaluationPlan
  private let maps: MapSource
  private let scorer: InputScorer
  private let trials: ChannelTrials

  /// Prepares judging; nothing is compiled yet.
  ///
  /// - Parameters:
  ///   - plan: What is judged.
  ///   - lane: Where graphs are compiled and run.
  /// - Throws: What reading layers throws.
  package init(_ plan: EvaluationPlan, lane: ExecutionLane = .shared) throws {
    self.plan = plan
    maps = try MapSource(plan, lane: lane)
    scorer = InputScorer(plan.model, options: plan.options, lane: lane)
    trials = ChannelTrials(plan, scorer: scorer, lane: lane)
  }

  /// Judges the maps of an input: what is not known yet.
  ///
  /// - Parameters:
  ///   - sample: The input.
  ///   - partner: Another input, whose maps are controls; nil where there is none.
  ///   - companion: Another input, if possible of the same class, whose weights of channels are controls; nil
  ///     takes the partner.
  ///   - known: What is known of the input.
  ///   - random: Its maps by networks with random weights; nil makes them where they are needed.
  ///   - progress: Called with the share that is done.
  /// - Returns: What is new.
  /// - Throws: What building, compiling and running throw; `CancellationError`.
  package func evaluate(
    _ sample: EvaluationSample, partner: EvaluationSample?, companion: EvaluationSample? = nil,
    known: KnownSample = KnownSample(), random: RandomNetworkMaps? = nil,
    progress: (Double) -> Void = { _ in }
  ) throws -> EvaluatedSample {
    let start = ContinuousClock.now
    let tasks = plan.tasks(for: sample, beside: partner, known: known)
    let found = try maps.maps(Set(tasks.map(\.map)), of: sample, partner, known.maps)
    let facts = plan.facts(sample)
    let ties = TieOrder(count: facts.count, seed: facts.seed)
    let readings = plan.readings(found, ties)
    var rows = RowQueue([.whole])
    let places = tasks.map { rows.add($0, readings[$0.map], facts, known: known.passes) }
    let masked = plan.masked(sample.inputs, facts)
    let channels = try trials.findings(for: tasks, of: sample, masked, facts, known: known.passes)
    let site = FurtherMaps.Site(
      sample: sample, partner: partner, companion: companion ?? partner, facts: facts, ties: ties)
    let random = try random ?? self.random(for: tasks, of: sample)
    let further = FurtherMaps(
      FurtherMaps.Sources(maps: maps, scorer: scorer, plan: plan), of: site, channels: channels,
      grids: found.mapValues(\.grid), random: random)
    let reading = ScoreReading(scale: plan.scale, model: plan.model, weights: sample.weights)
    let values = try scorer.scores(of: rows.rows, in: masked, progress: progress)
      .map(reading.value)
    let passes = rows.shared.mapValues { Array(values[$0]) }
      .merging(channels.passes) { first, _ in first }
    let everything = known.passes.merging(passes) { _, new in new }
    let scores = try zip(tasks, places).compactMap { task, place -> EvaluatedScore? in
      guard let map = readings[task.map] else { return nil }
      let given =
        place.map { Array(values[$0]) } ?? everything[task.passes(channels, facts)] ?? []
      return EvaluatedScore(
        map: task.map, metric: task.metric.text, basis: task.basis,
        measurement: try task.measurement(map, sample, given, facts, further))
    }
    return EvaluatedSample(
      sample: sample, whole: values.first ?? 0, maps: plan.new(found, known), scores: scores,
      passes: passes, passCount: rows.rows.count + channels.count,
      seconds: (ContinuousClock.now - start) / .seconds(1) + (random?.seconds ?? 0))
  }

  private func random(
    for tasks: [EvaluationTask], of sample: EvaluationSample
  ) throws -> RandomNetworkMaps? {
    tasks.contains(where: \.needsRandomNetworks) ? try maps.ofRandomNetworks([sample])[0] : nil
  }

  /// The maps of inputs by networks with random weights, which are made for all of them together.
  ///
  /// - Parameter inputs: Each with another one and with what is known of it.
  /// - Returns: One entry for each input; nil where nothing asks for them.
  /// - Throws: What making networks and explaining throw; `CancellationError`.
  package func randomMaps(
    of inputs: [(pair: EvaluationRun.Pair, known: KnownSample)]
  ) throws -> [RandomNetworkMaps?] {
    let isAsked = inputs.map { pair, known in
      plan.tasks(for: pair.sample, beside: pair.partner, known: known)
        .contains(where: \.needsRandomNetworks)
    }
    let asking = zip(inputs, isAsked).filter(\.1).map(\.0.pair.sample)
    var made = try maps.ofRandomNetworks(asking)[...]
    return isAsked.map { $0 ? made.popFirst() : nil }
  }
}

extension EvaluationTask {
  /// Whether it compares maps of networks with random weights.
  fileprivate var needsRandomNetworks: Bool {
    if case .randomized = metric.metric.procedure { true } else { false }
  }
}

extension EvaluationPlan {
  /// What metrics know of an input.
  fileprivate func facts(_ sample: EvaluationSample) -> SampleFacts {
    SampleFacts(
      positions: positions, seed: sample.seed(seed), bandWidth: bandWidth,
      scale: scale.isProbability ? .probability : .open)
  }

  /// Maps at the positions of the input.
  fileprivate func readings(
    _ found: [MapKey: FoundMap], _ ties: TieOrder
  ) -> [MapKey: MapReading] {
    found.mapValues { MapReading($0.aligned.elements, positions: positions, ties: ties) }
  }

  /// Inputs of the network as they are masked.
  func masked(_ inputs: [String: Tensor], _ facts: SampleFacts) -> MaskedSample {
    MaskedSample(
      inputs, masking: input, background: explanations.background, seed: facts.seed)
  }

  /// Maps that were not known before, in the order of the plan.
  fileprivate func new(_ found: [MapKey: FoundMap], _ known: KnownSample) -> [EvaluatedMap] {
    (methodKeys + controlKeys).compactMap { key in
      guard known.maps[key] == nil, let map = found[key]?.grid else { return nil }
      return EvaluatedMap(
        key: key, map: map, isEmpty: !map.elements.contains { $0 > 0 })
    }
  }
}

/// Rows of all maps of an input, to be scored together.
struct RowQueue {
  private(set) var rows: [MaskedRow]
  /// Where the rows of metrics that mask all maps alike stand.
  private(set) var shared: [String: Range<Int>] = [:]

  /// Starts with some rows.
  init(_ rows: [MaskedRow]) { self.rows = rows }

  /// Adds rows, and returns where they stand.
  mutating func add(_ new: [MaskedRow]) -> Range<Int> {
    rows += new
    return rows.count - new.count..<rows.count
  }

  /// Adds what a task needs; nil where it needs no scores, or those that are known.
  mutating func add(
    _ task: EvaluationTask, _ map: MapReading?, _ facts: SampleFacts, known: [String: [Double]]
  ) -> Range<Int>? {
    switch task.metric.metric.procedure {
    case .map, .truth, .repeated, .paired, .channels, .reweighted, .randomized, .planted:
      return nil
    case .masked(let measuring):
      guard let map else { return nil }
      return add(measuring.rows(map, facts, task.metric.settings))
    case .reexplained(let measuring):
      guard let map else { return nil }
      return add(measuring.rows(map, facts, task.metric.settings))
    case .shared(let measuring):
      let key = task.metric.text
      if known[key] != nil { return nil }
      if let range = shared[key] { return range }
      let range = add(measuring.rows(facts, task.metric.settings))
      shared[key] = range
      return range
    }
  }
}
