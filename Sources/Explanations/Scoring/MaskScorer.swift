import Foundation
import GraphExecution
import Synchronization
import TensorCore

/// A map on the grid of its layer and at the positions of the input, `[positions…]`.
struct MapPair {
  let map: Tensor
  let aligned: Tensor
}

/// The channels of one sample that become masks.
struct SampleChannels {
  /// `[channels, positions…]`.
  let maps: Tensor
  /// Of the same shape.
  let summed: Tensor
  /// One number per channel, the largest preferred.
  let ranking: [Float]
}

/// One map to make by showing the network masked inputs.
struct MaskJob {
  let item: PlanItem
  let scoring: MaskScoring
  let input: Tensor
  let channels: SampleChannels
  /// The weights of the target over the scores.
  let weights: [Float]
}

/// Shows the network masked inputs, many at a time, and combines channels by the scores.
final class MaskScorer: Sendable {
  private let model: Model
  private let plan: ExplanationPlan
  private let options: ProgramOptions
  private let lane: ExecutionLane
  private let largestBatch: Int
  private let programs = Mutex<[ScoringProgram: Program]>([:])

  init(
    _ model: Model, _ plan: ExplanationPlan, options: ProgramOptions, lane: ExecutionLane,
    batch: Int
  ) {
    self.model = model
    self.plan = plan
    self.options = options
    self.lane = lane
    largestBatch = batch
  }

  /// Makes a map.
  ///
  /// - Parameters:
  ///   - job: Whose, and of what.
  ///   - progress: Called with the share that is done.
  /// - Returns: The map on the layer's grid, and at the positions of the input.
  /// - Throws: What building, compiling and running throw; `CancellationError`.
  func map(_ job: MaskJob, progress: (Double) -> Void) throws -> MapPair {
    let settings = plan.methods[job.item.method].settings
    let recipe = job.scoring.recipe(settings)
    let chosen = job.channels.chosen(recipe.channelCount)
    let rows = (recipe.subtractsFill ? [nil] : []) + chosen.map(Optional.some)
    var results = try scored(rows, job, recipe, progress)[...]
    let base = recipe.subtractsFill ? results.popFirst()?.score ?? 0 : 0
    var pair = try combined(job, chosen, Array(results), base: base, recipe)
    if base != 0, !pair.map.elements.contains(where: { $0 > 0 }) {
      pair = try combined(job, chosen, Array(results), base: 0, recipe)
    }
    return pair
  }

  /// What showing a channel gave.
  private struct Row {
    /// The explained score.
    let score: Float
    /// The smallest value of its map at the positions of the input.
    let least: Float
    /// How far the largest lies above it.
    let range: Float
  }

  /// Scores channels, or an input that is all fill for nil.
  private func scored(
    _ rows: [Int?], _ job: MaskJob, _ recipe: MaskRecipe, _ progress: (Double) -> Void
  ) throws -> [Row] {
    let grid = Array(job.channels.maps.shape.extents.dropFirst())
    let planned = min(job.channels.maps.shape[0], recipe.channelCount)
    let size = batch(for: planned + (recipe.subtractsFill ? 1 : 0))
    let layout = MaskLayout(recipe: recipe, grid: grid, fields: plan.fields(job.item))
    let program = try program(.scores(layout, batch: size))
    var inputs = ["input": Tensor.stack([job.input])]
    if recipe.fill != .zero {
      inputs["fill"] = try self.program(.fill(recipe.fill)).run(inputs)["fill"]
    }
    let blank = Tensor(shape: Shape(grid), repeating: 0)
    var results: [Row] = []
    while results.count < rows.count {
      try Task.checkCancellation()
      let part = rows[results.count..<min(results.count + size, rows.count)]
      let masks = part.map { row in row.map(job.channels.maps.part) ?? blank }
      let filled = masks + Array(repeating: blank, count: size - masks.count)
      inputs["masks"] = Tensor.stack(filled).reshaped(to: Shape([size, 1] + grid))
      let outputs = try program.run(inputs)
      for index in 0..<part.count {
        let value = { (name: String) in outputs[name]?.part(index).elements ?? [] }
        let score = zip(job.weights, value("scores")).reduce(Float(0)) { $0 + $1.0 * $1.1 }
        results.append(
          Row(score: score, least: value("least").first ?? 0, range: value("range").first ?? 0))
      }
      progress(Double(results.count) / Double(rows.count))
    }
    return results
  }

  /// The masked inputs of a run, such that so many fill the runs they need.
  private func batch(for count: Int) -> Int {
    if model.fixedBatch != nil { return largestBatch }
    let runs = (count + largestBatch - 1) / largestBatch
    return (count + runs - 1) / max(runs, 1)
  }

  /// Sums channels by what showing them gave.
  private func combined(
    _ job: MaskJob, _ chosen: [Int], _ rows: [Row], base: Float, _ recipe: MaskRecipe
  ) throws -> MapPair {
    let maps = job.channels.maps
    var weights = rows.map { $0.score - base }
    if recipe.usesSoftmax { weights = weights.softmax }
    var (weight, least, scale) = (
      [Float](repeating: 0, count: maps.shape[0]), [Float](repeating: 0, count: maps.shape[0]),
      [Float](repeating: 0, count: maps.shape[0])
    )
    for (index, channel) in chosen.enumerated() {
      weight[channel] = weights[index]
      least[channel] = rows[index].least
      scale[channel] = rows[index].range > 0 ? 1 / rows[index].range : 0
    }
    let column = { (values: [Float]) in
      Tensor(
        shape: Shape([1, maps.shape[0]] + maps.shape.extents.dropFirst().map { _ in 1 }),
        elements: values)
    }
    let program = try program(.combination(job.item, maps.shape))
    let outputs = try program.run([
      "maps": Tensor.stack([maps]), "summed": Tensor.stack([job.channels.summed]),
      "weights": column(weight), "least": column(least), "scale": column(scale),
    ])
    let part = { (name: String) in outputs[name]?.part(0) ?? Tensor(0) }
    return MapPair(map: part("map"), aligned: part("aligned"))
  }

  private func program(_ kind: ScoringProgram) throws -> Program {
    try programs.withLock { programs in
      if let program = programs[kind] { return program }
      let program = try Program(kind.graph(model, plan), options: options, lane: lane)
      programs[kind] = program
      return program
    }
  }
}

extension SampleChannels {
  /// The channels that are scored, in their order: those that rank first among those whose map is
  /// not the same everywhere.
  func chosen(_ count: Int) -> [Int] {
    let size = max(maps.elements.count / max(maps.shape[0], 1), 1)
    let lively = (0..<maps.shape[0]).filter { channel in
      let values = maps.elements[channel * size..<(channel + 1) * size]
      guard let first = values.first else { return false }
      return values.contains { $0 != first }
    }
    guard lively.count > count else { return lively }
    let ranked = lively.sorted { (ranking[$1], $0) < (ranking[$0], $1) }
    return ranked.prefix(count).sorted()
  }
}
