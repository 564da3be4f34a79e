import GraphExecution
import GraphIR
import Synchronization
import TensorCore

/// A map on the grid of its layer and at the positions of the input, `[positions…]`.
struct MapPair {
  let map: Tensor
  let aligned: Tensor
  /// How well it adds up; nil for maps that divide nothing.
  var completeness: Completeness?
  /// The weights of the channels that the map is a sum of; nil for others.
  var channelWeights: [Float]?
}

/// One map to make by showing the network masked inputs.
struct MaskJob {
  let item: PlanItem
  let scoring: MaskScoring
  /// All inputs of the sample; the one that the map lies on is masked.
  let inputs: [String: Tensor]
  let channels: SampleChannels
  /// What was found about the target for the sample.
  let reading: TargetReading
}

/// Shows the network masked inputs, many at a time, and combines channels by the scores.
final class MaskScorer: Sendable {
  private let graphs: ScoringGraphs
  private let options: ProgramOptions
  private let lane: ExecutionLane
  private let largestBatch: Int
  private let hasFixedBatch: Bool
  private let fills = ProgramStore<FillKey, OutputHandle>()
  private let scores = ProgramStore<MaskLayout, MaskScores>()
  private let combinations = ProgramStore<CombinationKey, MapOutputs>()

  init(
    _ model: Model, _ upsampling: Upsampling, options: ProgramOptions, lane: ExecutionLane,
    batch: Int
  ) {
    self.options = options
    self.lane = lane
    graphs = ScoringGraphs(model: model, upsampling: upsampling)
    largestBatch = batch
    hasFixedBatch = model.fixedBatch != nil
  }

  /// Makes a map.
  ///
  /// - Parameters:
  ///   - job: Whose, and of what.
  ///   - progress: Called with the share that is done.
  /// - Returns: The map on the layer's grid, and at the positions of the input.
  /// - Throws: What building, compiling and running throw; `CancellationError`.
  func map(_ job: MaskJob, progress: (Double) -> Void) throws -> MapPair {
    let recipe = job.scoring.recipe(job.item.method.settings)
    let chosen = job.channels.chosen(recipe.channelCount)
    let masks = chosen.map(job.channels.maps.part)
    guard recipe.subtractsFill else {
      return try combined(
        job, chosen, try scored(masks, job, recipe, progress), base: 0, recipe)
    }
    // A mask that is the same everywhere hides all of the input.
    let blank = Tensor(shape: Shape(job.channels.grid), repeating: 0)
    let results = try scored([blank] + masks, job, recipe, progress)
    let (base, rows) = (results[0].score, Array(results.dropFirst()))
    let pair = try combined(job, chosen, rows, base: base, recipe)
    guard base != 0, !pair.map.elements.contains(where: { $0 > 0 }) else { return pair }
    return try combined(job, chosen, rows, base: 0, recipe)
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

  /// Scores the input under masks.
  private func scored(
    _ masks: [Tensor], _ job: MaskJob, _ recipe: MaskRecipe, _ progress: (Double) -> Void
  ) throws -> [Row] {
    let grid = job.channels.grid
    let planned = min(job.channels.maps.shape[0], recipe.channelCount)
    let size = batch(for: planned + (recipe.subtractsFill ? 1 : 0))
    let layout = MaskLayout(
      recipe: recipe, input: job.item.input, grid: grid, fields: job.item.fields,
      form: FormedScores(recipe.form, job.item.target))
    var inputs = ["target": job.reading.all]
    for (name, tensor) in job.inputs {
      inputs[ScoringGraphs.label(name)] = Tensor.stack([tensor])
    }
    if recipe.fill != .zero { inputs["fill"] = try fill(layout, inputs) }
    let program = scores.program(layout) {
      NetworkProgram(options: options, lane: lane) { [graphs] in
        try graphs.scores(layout, masks: $0)
      }
    }
    let samples = masks.map { ["masks": $0.reshaped(to: Shape([1] + grid))] }
    var done = 0
    return try program.run(samples, size: size, inputs) { outputs, results, index in
      done += 1
      if index == size - 1 || done == masks.count {
        progress(Double(done) / Double(masks.count))
      }
      return Row(
        score: outputs[results.scores].elements[index],
        least: outputs[results.least].elements[index],
        range: outputs[results.range].elements[index])
    }
  }

  /// What stands where masks hide an input.
  private func fill(_ layout: MaskLayout, _ inputs: [String: Tensor]) throws -> Tensor {
    let key = FillKey(fill: layout.recipe.fill, input: layout.input)
    let program = fills.program(key) {
      NetworkProgram(options: options, lane: lane) { [graphs] _ in try graphs.fill(key) }
    }
    let compiled = try program.compiled(for: 1)
    return try compiled.program.run(inputs)[compiled.results]
  }

  /// The masked inputs of a run, such that so many fill the runs they need.
  private func batch(for count: Int) -> Int {
    if hasFixedBatch { return largestBatch }
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
    let none = [Float](repeating: 0, count: maps.shape[0])
    var (weight, least, scale) = (none, none, none)
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
    let compiled = try combination(job, maps.shape)
    let outputs = try compiled.program.run([
      "maps": Tensor.stack([maps]), "summed": Tensor.stack([job.channels.summed]),
      "weights": column(weight), "least": column(least), "scale": column(scale),
    ])
    return MapPair(
      map: outputs[compiled.results.map].part(0),
      aligned: outputs[compiled.results.aligned].part(0),
      channelWeights: job.scoring.weighsActivations ? weight : nil)
  }

  private func combination(
    _ job: MaskJob, _ channels: Shape
  ) throws -> NetworkProgram<MapOutputs>.Compiled {
    let key = CombinationKey(item: job.item.place, channels: channels)
    let program = combinations.program(key) {
      NetworkProgram(options: options, lane: lane) {
        [graphs, item = job.item, scoring = job.scoring] _ in
        try graphs.combination(item, scoring, channels: channels)
      }
    }
    return try program.compiled(for: 1)
  }
}
