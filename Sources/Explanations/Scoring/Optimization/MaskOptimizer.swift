import Catalogs
import Foundation
import GraphExecution
import GraphIR
import TensorCore

/// One map to find step by step.
struct OptimizationJob {
  let item: PlanItem
  let problem: any MaskProblem
  /// All inputs of the sample; the one that the map lies on is masked.
  let inputs: [String: Tensor]
  /// How much each score counts, `[1, classes, positions…]`.
  let target: Tensor
  /// Where random numbers start.
  let seed: UInt64

  /// Describes a search for the map of an item.
  init(
    _ item: PlanItem, _ optimization: MaskOptimization, inputs: [String: Tensor], target: Tensor,
    spacing: Double
  ) {
    let settings = item.method.settings
    let start = settings.contains(Parameter.randomSeed) ? settings[Parameter.randomSeed] : 0
    self.item = item
    self.inputs = inputs
    self.target = target
    seed = inputs[item.input.name]?.seed(UInt64(start)) ?? 0
    problem = optimization.problem(
      MaskSite(positions: item.input.positions, spacing: spacing, seed: seed), settings)
  }
}

/// Finds the masks of many inputs step by step, as rows of the same batches.
final class MaskOptimizer: Sendable {
  private typealias Label = OptimizationGraphs.Label

  /// Whose steps are the same graph.
  private struct Kind: Hashable {
    let method: Int
    let input: NetworkInput
    let form: FormedScores
  }

  private let model: Model
  private let options: ProgramOptions
  private let lane: ExecutionLane
  private let batch: Int
  private let fills: RowFills
  private let programs = ProgramStore<Kind, OptimizationOutputs>()

  /// Prepares searches; nothing is compiled yet.
  ///
  /// `batch` is how many masked inputs run at once.
  init(_ model: Model, options: ProgramOptions, lane: ExecutionLane, batch: Int) {
    self.model = model
    self.options = options
    self.lane = lane
    self.batch = batch
    fills = RowFills(model, options: options, lane: lane)
  }

  /// Finds maps.
  ///
  /// - Parameters:
  ///   - jobs: Whose, and of what.
  ///   - progress: Called with the share that is done.
  ///   - detail: Called with the loss so far after each step.
  /// - Returns: A map for each.
  /// - Throws: `ExplanationError` for fills that do not fit the input; what building, compiling and running throw;
  ///   `CancellationError`.
  func maps(
    _ jobs: [OptimizationJob], progress: (Double) -> Void, detail: (String) -> Void
  ) throws -> [MapPair] {
    var found = [MapPair?](repeating: nil, count: jobs.count)
    var done = 0
    for (kind, places) in groups(jobs) {
      let rows = MaskSearch(jobs[places[0]]).rowCount
      for part in places.indices.parts(of: max(1, batch / rows)) {
        let searches = part.map { MaskSearch(jobs[places[$0]]) }
        let results = try run(kind, searches) { share, loss in
          detail("loss " + String(format: "%.3g", loss))
          progress((Double(done) + share * Double(part.count)) / Double(jobs.count))
        }
        for (place, result) in zip(part, results) { found[places[place]] = result }
        done += part.count
      }
    }
    return found.compactMap(\.self)
  }

  /// Jobs that run together, by their places.
  private func groups(_ jobs: [OptimizationJob]) -> [(kind: Kind, places: [Int])] {
    var (order, members): ([Kind], [Kind: [Int]]) = ([], [:])
    for (place, job) in jobs.enumerated() {
      let kind = Kind(
        method: job.item.place.method, input: job.item.input,
        form: FormedScores(job.problem.objective.score.form, job.item.target))
      if members[kind] == nil { order.append(kind) }
      members[kind, default: []].append(place)
    }
    return order.map { ($0, members[$0] ?? []) }
  }

  private func program(
    _ kind: Kind, _ problem: any MaskProblem
  ) -> NetworkProgram<OptimizationOutputs> {
    programs.program(kind) {
      let graphs = OptimizationGraphs(
        model: model, input: kind.input, form: kind.form, problem: problem)
      return NetworkProgram(options: options, lane: lane) { try graphs.step(masks: $0) }
    }
  }

  /// Takes all steps of some searches; `progress` is told which share is done and the mean loss.
  private func run(
    _ kind: Kind, _ searches: [MaskSearch], progress: (_ share: Double, _ loss: Double) -> Void
  ) throws -> [MapPair] {
    let problem = searches[0].problem
    let count = searches.reduce(0) { $0 + $1.rowCount }
    let size = model.fixedBatch ?? min(count, batch)
    let compiled = try program(kind, problem).compiled(for: size)
    var batch = try MaskBatch(searches, size: size, fills: fills, lane: lane)
    for isWhole in [true, false] {
      try batch.run(compiled, presence: 0, base: isWhole ? 1 : 0) { search, row in
        search.take(Double(row.score), ofWhole: isWhole)
      }
    }
    batch.fixScales()
    for step in 0..<problem.stepCount {
      try Task.checkCancellation()
      let share = Double(step) / Double(max(1, problem.stepCount - 1))
      batch.draw(pressure: Float(pow(problem.growth, share)))
      try batch.run(compiled) { search, row in
        search.take(objective: row.objective, gradient: row.gradient, row: row.index)
      }
      batch.step()
      progress(Double(step + 1) / Double(problem.stepCount), batch.loss)
    }
    batch.settle()
    try batch.run(compiled) { search, row in
      search.finish(
        row: row.index, objective: row.objective, score: row.score, mask: row.mask, map: row.map)
    }
    return batch.searches.map(\.result)
  }
}
