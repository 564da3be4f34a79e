import Foundation
public import GraphExecution
import GraphIR
import GraphRewriting
import Synchronization
public import TensorCore

/// Explains inputs by a plan; graphs are compiled once per number of samples.
public final class Explainer: Sendable {
  /// The network.
  public let model: Model

  /// What is explained, how and where.
  public let plan: ExplanationPlan

  private let programs = Mutex<[Int: Program]>([:])
  private let ledgerPasses = Mutex<[LedgerPass]>([])
  private let options: ProgramOptions
  private let lane: ExecutionLane
  private let chosenBatch: Int?
  private let scorer: MaskScorer

  /// How many input values one run may hold: more do not run faster and need more memory.
  private static let valuesPerRun = 1_200_000

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
    self.options = options
    self.lane = lane
    chosenBatch = batch.map { max(1, $0) }
    scorer = MaskScorer(
      model, plan, options: options, lane: lane,
      batch: model.fixedBatch ?? chosenBatch ?? Self.preferredBatch(for: model))
  }

  /// How many samples are best given at once.
  public var preferredBatch: Int {
    model.fixedBatch ?? chosenBatch ?? Self.preferredBatch(for: model)
  }

  /// How many samples of a network are best run at once.
  public static func preferredBatch(for model: Model) -> Int {
    model.fixedBatch ?? min(32, max(1, valuesPerRun / max(model.inputShape.elementCount, 1)))
  }

  /// Compiles what explaining so many inputs needs, which otherwise happens when they are explained.
  ///
  /// - Parameter count: How many inputs there will be.
  /// - Throws: What building and compiling the graph throw.
  public func compile(for count: Int) throws {
    _ = try program(batch(for: count))
  }

  /// The samples of a run for the next of so many inputs; a tail fills up a program there is.
  private func batch(for count: Int) -> Int {
    let preferred = preferredBatch
    if count >= preferred || model.fixedBatch != nil { return preferred }
    return programs.withLock { $0[preferred] == nil } ? count : preferred
  }

  /// Explains inputs.
  ///
  /// - Parameters:
  ///   - inputs: Prepared as the network wants them, each `[channels, positions…]`.
  ///   - classes: The class of each input, which targets of the kind `given` explain.
  ///   - progress: Called with the number of samples done, parts of them included.
  /// - Returns: The explanations of every input, in order.
  /// - Throws: `ExplanationError` for inputs of the wrong shape or with values that are not finite;
  ///   what compiling and running throw; `CancellationError`.
  public func explain(
    _ inputs: [Tensor], classes: [Int] = [], progress: (Double) -> Void = { _ in }
  ) throws -> [SampleExplanations] {
    for (index, input) in inputs.enumerated() { try check(input, index) }
    try check(classes, count: inputs.count)
    var results: [SampleExplanations] = []
    while results.count < inputs.count {
      try Task.checkCancellation()
      let rest = inputs.count - results.count
      let count = min(rest, preferredBatch)
      let part = Array(inputs[results.count..<results.count + count])
      let given = classes.isEmpty ? [] : Array(classes[results.count..<results.count + count])
      let done = Double(results.count)
      results += try run(part, given, padded: batch(for: count)) { progress(done + $0) }
      progress(Double(results.count))
    }
    return results
  }

  private func check(_ input: Tensor, _ index: Int) throws(ExplanationError) {
    guard input.shape == model.inputShape else {
      throw ExplanationError(
        .unsuitableInput,
        "input \(index + 1) has shape \(input.shape); the network takes \(model.inputShape)")
    }
    if let place = input.elements.firstIndex(where: { !$0.isFinite }) {
      throw ExplanationError(
        .unsuitableInput,
        "input \(index + 1) is \(input.elements[place]) at value \(place + 1); mend or remove it")
    }
  }

  private func check(_ classes: [Int], count: Int) throws(ExplanationError) {
    guard plan.targets.contains(.given) || !classes.isEmpty else { return }
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
    for (index, input) in inputs.enumerated() { try check(input, index) }
    try check([], count: inputs.count)
    return try program(inputs.count).profile(values(inputs, [], size: inputs.count))
  }

  /// Runs one batch; samples that only fill it up are dropped.
  private func run(
    _ inputs: [Tensor], _ classes: [Int], padded size: Int, progress: (Double) -> Void
  ) throws -> [SampleExplanations] {
    let filled = inputs + Array(repeating: inputs[0], count: size - inputs.count)
    let outputs = try program(size).run(values(filled, classes, size: size))
    return try inputs.indices.map { sample in
      let part = { (name: String) -> Tensor in outputs[name].map { $0.part(sample) } ?? Tensor(0) }
      let scores = part("scores").elements
      let given = classes.element(sample)
      let explanations = try plan.items.enumerated().map { index, item in
        var map = MapPair(map: part(item.mapName), aligned: part(item.alignedName))
        if case .masks(let scoring) = plan.methods[item.method].method.procedure {
          let channels = SampleChannels(
            maps: map.map, summed: part(item.summedName), ranking: part(item.rankingName).elements)
          map = try scorer.map(
            MaskJob(
              item: item, scoring: scoring, input: inputs[sample], channels: channels,
              weights: plan.targets[item.target].weights(scores, given: given))
          ) { share in
            let items = Double(sample * plan.items.count + index) + share
            progress(items / Double(plan.items.count))
          }
        }
        let ledgers = ledgers(of: item) { part($0).elements }
        return explanation(item, scores, given: given, map, ledgers)
      }
      return SampleExplanations(scores: scores, explanations: explanations)
    }
  }

  /// What the inputs of the graph are: samples, and weights over the scores for explicit targets.
  private func values(_ inputs: [Tensor], _ classes: [Int], size: Int) -> [String: Tensor] {
    var values = [model.inputName: Tensor.stack(inputs)]
    for (index, target) in plan.targets.enumerated() {
      if case .ranked = target { continue }
      let none = [Float](repeating: 0, count: model.scoreCount)
      let rows = (0..<size).flatMap { target.weights(none, given: classes.element($0)) }
      values[TargetSeeds.label(index)] = Tensor(
        shape: [size, model.scoreCount], elements: rows)
    }
    return values
  }

  private func ledgers(of item: PlanItem, _ part: (String) -> [Float]) -> [ConservationLedger] {
    ledgerPasses.withLock(\.self)
      .filter { $0.target == item.target && $0.methods.contains(item.method) }
      .map { $0.ledger(part($0.outputName)) }
  }

  private func explanation(
    _ item: PlanItem, _ scores: [Float], given: Int?, _ map: MapPair,
    _ ledgers: [ConservationLedger]
  ) -> Explanation {
    let target = plan.targets[item.target]
    let formed = plan.form == .probability ? model.probabilities(scores) : scores
    let weighted = zip(target.weights(scores, given: given), formed).reduce(Float(0)) {
      $0 + $1.0 * $1.1
    }
    return Explanation(
      map: map.map, aligned: map.aligned, scores: scores,
      targetTitle: target.title(scores, model: model, given: given),
      classIndex: target.classIndex(scores, given: given), explainedScore: weighted,
      layer: item.layer.map { plan.layers[$0] }, method: plan.methods[item.method],
      ledgers: ledgers)
  }

  /// How the graph of the plan is compiled.
  ///
  /// Where it only prepares the scoring of masks it runs once for their thousands of runs, and does
  /// without Winograd's algorithm, whose weights need memory of their own.
  private var graphOptions: ProgramOptions {
    let scoresMasksOnly = plan.methods.allSatisfy { chosen in
      if case .masks = chosen.method.procedure { true } else { false }
    }
    var options = options
    if scoresMasksOnly, options.precision == .float32 { options.precision = .directFloat32 }
    return options
  }

  private func program(_ batch: Int) throws -> Program {
    try programs.withLock { programs in
      if let program = programs[batch] { return program }
      let built = try plan.built(for: model, batch: batch)
      let program = try Program(built.graph, options: graphOptions, lane: lane)
      ledgerPasses.withLock { $0 = built.ledgers }
      programs[batch] = program
      return program
    }
  }
}

extension [Int] {
  /// The element at an index, or nil past the end.
  fileprivate func element(_ index: Int) -> Int? { indices.contains(index) ? self[index] : nil }
}

extension Model {
  /// The probabilities that raw scores stand for.
  ///
  /// - Parameter scores: The raw scores of one sample.
  /// - Returns: Logistic functions of them where the network ends in one, else their softmax; a
  ///   single raw score is returned as it is.
  public func probabilities(_ scores: [Float]) -> [Float] {
    if activation == .logistic { return scores.map { 1 / (1 + exp(-$0)) } }
    return scores.count > 1 ? scores.softmax : scores
  }
}
