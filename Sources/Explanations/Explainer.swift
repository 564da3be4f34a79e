public import GraphExecution
import GraphIR
public import TensorCore

/// Explains inputs by a plan; graphs are compiled once per number of samples.
public final class Explainer: Sendable {
  /// The network.
  public let model: Model

  /// What is explained, how and where.
  public let plan: ExplanationPlan

  /// How many samples are best given at once.
  public let preferredBatch: Int

  private let program: NetworkProgram<PlanResults>
  private let scorer: MaskScorer
  private let tails: TailScorer
  private let deferred: DeferredMaps

  /// How many input values one run may hold: more do not run faster and need more memory.
  static let valuesPerRun = 1_200_000

  /// Creates an explainer; nothing is compiled yet.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - plan: What is explained, how and where.
  ///   - options: How graphs are compiled.
  ///   - batch: How many samples run at once; nil chooses by their size.
  ///   - lane: Where graphs are compiled and run.
  public init(
    _ model: Model, _ plan: ExplanationPlan, options: ProgramOptions = ProgramOptions(),
    batch: Int? = nil, lane: ExecutionLane = .shared
  ) {
    self.model = model
    self.plan = plan
    let size = model.fixedBatch ?? batch.map { max(1, $0) } ?? Self.preferredBatch(for: model)
    preferredBatch = size
    program = NetworkProgram(options: plan.graphOptions(options), lane: lane) { samples in
      try plan.built(for: model, batch: samples)
    }
    scorer = MaskScorer(
      model, plan.upsampling, options: options, lane: lane, batch: size)
    tails = TailScorer(model, plan.upsampling, options: options, lane: lane, batch: batch)
    deferred = DeferredMaps(
      integrator: PathIntegrator(model, plan.form, options: options, lane: lane, batch: size),
      repeater: InputRepeater(
        model, plan.form, plan.upsampling, options: options, lane: lane, batch: size),
      optimizer: MaskOptimizer(model, options: options, lane: lane, batch: size))
  }

  /// How many samples of a network are best run at once.
  public static func preferredBatch(for model: Model) -> Int {
    let count = model.inputs.reduce(0) { $0 + $1.shape.elementCount }
    return model.fixedBatch ?? min(32, max(1, valuesPerRun / max(count, 1)))
  }

  /// Compiles what explaining so many inputs needs, which otherwise happens when they are explained.
  ///
  /// - Parameter count: How many inputs there will be.
  /// - Throws: What building and compiling the graph throw.
  public func compile(for count: Int) throws {
    _ = try program.compiled(for: batch(for: count))
  }

  /// The samples of a run for the next of so many inputs; a tail fills up a program there is.
  private func batch(for count: Int) -> Int {
    let preferred = preferredBatch
    if count >= preferred || model.fixedBatch != nil { return preferred }
    return program.isCompiled(for: preferred) ? preferred : count
  }

  /// Explains inputs.
  ///
  /// - Parameters:
  ///   - inputs: Prepared as the network wants them, each `[channels, positions…]`.
  ///   - classes: The class of each input, which targets of the kind `given` explain.
  ///   - progress: Called with the number of samples done, parts of them included.
  ///   - detail: Called with a few words on how far a search for masks is.
  /// - Returns: The explanations of every input, in order.
  /// - Throws: `ExplanationError` for inputs of the wrong shape or with values that are not finite;
  ///   what compiling and running throw; `CancellationError`.
  public func explain(
    _ inputs: [Tensor], classes: [Int] = [], progress: (Double) -> Void = { _ in },
    detail: (String) -> Void = { _ in }
  ) throws -> [SampleExplanations] {
    try explain(model.samples(inputs), classes: classes, progress: progress, detail: detail)
  }

  /// Explains samples of a network with several inputs.
  ///
  /// - Parameters:
  ///   - inputs: Of each sample every input by name, prepared as the network wants them,
  ///     `[channels, positions…]`.
  ///   - classes: The class of each sample, which targets of the kind `given` explain.
  ///   - progress: Called with the number of samples done, parts of them included.
  ///   - detail: Called with a few words on how far a search for masks is.
  /// - Returns: The explanations of every sample, in order.
  /// - Throws: `ExplanationError` for inputs that are missing, of the wrong shape or with values that
  ///   are not finite; what compiling and running throw; `CancellationError`.
  public func explain(
    _ inputs: [[String: Tensor]], classes: [Int] = [], progress: (Double) -> Void = { _ in },
    detail: (String) -> Void = { _ in }
  ) throws -> [SampleExplanations] {
    try model.check(inputs)
    try model.checkValues(inputs)
    try check(classes, count: inputs.count)
    let samples = inputs.indices.map { index in
      Sample(inputs: inputs[index], given: classes.isEmpty ? nil : classes[index])
    }
    var results: [SampleExplanations] = []
    for part in samples.indices.parts(of: preferredBatch) {
      let size = batch(for: samples.count - part.lowerBound)
      results += try explain(
        Array(samples[part]), size: size, progress: { progress(Double(part.lowerBound) + $0) },
        detail: detail)
      progress(Double(results.count))
    }
    return results
  }

  private func check(_ classes: [Int], count: Int) throws(ExplanationError) {
    guard plan.targets.map(\.unplaced).contains(.given) || !classes.isEmpty else { return }
    guard classes.count == count, classes.allSatisfy({ (0..<model.scoreCount).contains($0) }) else {
      throw ExplanationError(
        .unknownTarget,
        "\(count) inputs need \(count) classes from 0 to \(model.scoreCount - 1), "
          + "got \(classes.count)")
    }
  }

  /// Explains inputs step by step and takes the time of each step.
  ///
  /// - Parameter inputs: As for `explain`, at most as many as `preferredBatch`; explicit classes are
  ///   not possible.
  /// - Returns: The name of every step and its seconds.
  /// - Throws: As `explain`.
  public func profile(_ inputs: [Tensor]) throws -> [(step: String, seconds: Double)] {
    let inputs = try model.samples(inputs)
    try model.check(inputs)
    try model.checkValues(inputs)
    try check([], count: inputs.count)
    let samples = inputs.map { Sample(inputs: $0, given: nil) }
    let values = weights(samples, size: inputs.count)
      .merging(Tensor.stacks(inputs, filledTo: inputs.count)) { _, stacked in stacked }
    return try program.compiled(for: inputs.count).program.profile(values)
  }

  /// A sample with the class that was given with it, if one was.
  private struct Sample {
    let inputs: [String: Tensor]
    let given: Int?
  }

  /// Runs one batch.
  private func explain(
    _ samples: [Sample], size: Int, progress: (Double) -> Void, detail: (String) -> Void
  ) throws -> [SampleExplanations] {
    var done = 0
    let early = plan.earlyCounts
    let (own, whole) = (early.last ?? 0, Double(max(plan.items.count, 1)))
    let findings = try program.run(
      samples.map(\.inputs), size: size, weights(samples, size: size)
    ) { outputs, results, index in
      let part = { (output: OutputHandle) in outputs[output].part(index) }
      let scores = part(results.scores)
      let readings = plan.targets.indices.map { target in
        reading(target, scores, given: samples[index].given, results, part)
      }
      let maps = try zip(plan.items, results.items).enumerated().map { place, pair in
        let (item, result) = pair
        let reading = readings[item.place.target]
        let map = try map(item, result, (index, samples[index]), reading, part) { share in
          progress((Double(done) * own + early[place] + share) / whole)
        }
        return FoundMap(
          item: item, reading: reading, map: map,
          arrived: results.arrivals[place].map { outputs[$0].elements[index] }.min(),
          condition: results.conditions[place].map { outputs[$0].elements[index] },
          ledgers: results.ledgers.filter { $0.serves(item.place) }.map {
            $0.ledger(part($0.output).elements)
          })
      }
      done += 1
      return (scores: scores.elements, maps: maps)
    }
    return try completed(
      findings.map(\.scores), findings.flatMap(\.maps),
      progress: { progress(Double(samples.count) * (own + $0 * (whole - own)) / whole) },
      detail: detail)
  }

  /// Makes what is still to be made, and the explanations of all.
  private func completed(
    _ scores: [[Float]], _ found: [FoundMap], progress: (Double) -> Void,
    detail: (String) -> Void
  ) throws -> [SampleExplanations] {
    let maps = try deferred.completed(found.map(\.map), progress: progress, detail: detail)
    let explanations = zip(found, maps).map(explanation)
    let count = plan.items.count
    return scores.enumerated().map { index, scores in
      SampleExplanations(
        scores: scores, explanations: Array(explanations[count * index..<count * (index + 1)]))
    }
  }

  /// What was found for one map of a sample.
  private struct FoundMap {
    let item: PlanItem
    let reading: TargetReading
    let map: ItemMap
    let arrived: Float?
    let condition: Float?
    let ledgers: [ConservationLedger]
  }

  /// What was found about a target.
  private func reading(
    _ target: Int, _ scores: Tensor, given: Int?, _ results: PlanResults,
    _ part: (OutputHandle) -> Tensor
  ) -> TargetReading {
    let explained = plan.targets[target]
    guard !results.targets.isEmpty else {
      return TargetReading(
        weights: explained.weights(scores.elements, given: given), places: nil, scores: scores)
    }
    let outputs = results.targets[target]
    return TargetReading(
      weights: part(outputs.weights).elements, places: part(outputs.places).part(0), scores: scores)
  }

  /// The map of an item: read, made by showing the network masked inputs, or to be made.
  private func map(
    _ item: PlanItem, _ result: ItemResults, _ numbered: (index: Int, sample: Sample),
    _ reading: TargetReading, _ part: (OutputHandle) -> Tensor, progress: (Double) -> Void
  ) throws -> ItemMap {
    let (sample, background) = (numbered.sample, plan.background.fitting(item.input.shape))
    switch result {
    case .map(let map, let aligned, let weights):
      return .done(MapPair(part(map), aligned: aligned.map(part), weights: weights.map(part)))
    case .path(let rule, let baseline):
      let found = item.method.baseline(positions: item.input.positions, background)
      let job = PathJob(
        item: item, rule: rule, inputs: sample.inputs, baseline: part(baseline),
        baselineTitle: found?.title ?? "a baseline", target: reading.all,
        explained: reading.explained(FormedScores(plan.form, item.target), model))
      return .path(job)
    case .sampled(let sampling):
      let job = SamplingJob(
        item: item, sampling: sampling, inputs: sample.inputs, target: reading.all,
        spacing: model.spacing)
      return .done(try MaskSampler(scorer: scorer.scorer).map(job, progress: progress))
    case .optimized(let optimization):
      return .optimized(
        OptimizationJob(
          item, optimization, inputs: sample.inputs, target: reading.all, spacing: model.spacing))
    case .activation(let scoring, let output):
      let job = TailJob(
        item: item, scoring: scoring, inputs: sample.inputs, activation: part(output),
        target: reading.all)
      return .done(try tails.map(job, progress: progress))
    case .repeats(let repetition, let kept, let baseline):
      return .repeats(
        repeatJob(
          item, repetition, numbered, reading, kept: kept.map(part), baseline: baseline.map(part)))
    case .channels(let scoring, let outputs):
      let job = MaskJob(
        item: item, scoring: scoring, inputs: sample.inputs, channels: outputs.read(part),
        reading: reading)
      return .done(try scorer.map(job, progress: progress))
    }
  }

  /// The runs on changed inputs that a map is to be made of.
  private func repeatJob(
    _ item: PlanItem, _ repetition: Repetition, _ numbered: (index: Int, sample: Sample),
    _ reading: TargetReading, kept: [Tensor], baseline: Tensor?
  ) -> RepeatJob {
    let background = plan.background.fitting(item.input.shape)
    let choice = item.method.baseline(positions: item.input.positions, background)
    return RepeatJob(
      sample: numbered.index, item: item, repetition: repetition, inputs: numbered.sample.inputs,
      baselines: choice == .samples ? background.samples : baseline.map { [$0] } ?? [],
      baseline: choice, kept: kept, target: reading.all)
  }

  /// What the inputs of the graph besides the samples are: weights over the scores for explicit
  /// targets.
  private func weights(_ samples: [Sample], size: Int) -> [String: Tensor] {
    let none = [Float](repeating: 0, count: model.scoreCount)
    var values: [String: Tensor] = [:]
    for (index, target) in plan.targets.enumerated() {
      if target.isFound { continue }
      let rows = samples.map {
        Tensor(shape: [none.count], elements: target.weights(none, given: $0.given))
      }
      values[TargetSeeds.label(index)] = Tensor.stack(rows, filledTo: size)
    }
    return values
  }

  private func explanation(_ found: FoundMap, _ map: MapPair) -> Explanation {
    let (item, reading) = (found.item, found.reading)
    let none = Tensor(shape: [0], elements: [])
    return Explanation(
      map: map.map, aligned: plan.alignsMaps ? map.aligned : none, scores: reading.row,
      probabilities: reading.probabilities(model), places: reading.places,
      targetTitle: item.target.title(reading, model: model),
      classIndex: item.target.classIndex(reading.weights),
      explainedScore: reading.explained(FormedScores(plan.form, item.target), model),
      layer: item.layer, input: item.input, method: item.method, arrivedShare: found.arrived,
      conditionNumber: found.condition, completeness: map.completeness,
      channelWeights: plan.keepsChannelWeights ? map.channelWeights : nil,
      sampling: map.sampling, standardErrors: map.standardErrors,
      optimization: map.optimization, ledgers: found.ledgers)
  }
}

extension MapPair {
  /// A map that was read, with what else was.
  fileprivate init(_ map: Tensor, aligned: Tensor?, weights: Tensor?) {
    self.init(
      map: map, aligned: aligned ?? Tensor(shape: [0], elements: []),
      channelWeights: weights?.elements)
  }
}

extension ChannelOutputs {
  /// The channels of a sample; `part` reads an output.
  fileprivate func read(_ part: (OutputHandle) -> Tensor) -> SampleChannels {
    SampleChannels(maps: part(maps), summed: part(summed), ranking: part(ranking).elements)
  }
}

extension ExplanationPlan {
  /// How the graph of the plan is compiled.
  ///
  /// Where it only prepares the scoring of masks it runs once for their thousands of runs, and does
  /// without Winograd's algorithm, whose weights need memory of their own.
  fileprivate func graphOptions(_ options: ProgramOptions) -> ProgramOptions {
    let scoresMasksOnly = methods.allSatisfy { chosen in
      switch chosen.method.procedure {
      case .masks, .samples, .tail, .optimized: true
      case .graph, .weighted, .path, .repeats: false
      }
    }
    var options = options
    if scoresMasksOnly, options.precision == .float32 { options.precision = .directFloat32 }
    return options
  }
}
