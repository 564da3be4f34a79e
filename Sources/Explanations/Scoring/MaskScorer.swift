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
  /// What is known of the masks that it was made by; nil for maps without masks of their own.
  var sampling: SamplingRecord?
  /// The standard error at each position, of the shape of the map; nil where nothing is random.
  var standardErrors: Tensor?
  /// How it was found step by step; nil for others.
  var optimization: OptimizationRecord?
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

/// Makes maps of methods that show the network masked inputs: combines channels by the scores.
final class MaskScorer: Sendable {
  private let graphs: ScoringGraphs
  private let options: ProgramOptions
  private let lane: ExecutionLane
  let scorer: InputScorer
  private let combinations = ProgramStore<CombinationKey, MapOutputs>()

  init(
    _ model: Model, _ upsampling: Upsampling, options: ProgramOptions, lane: ExecutionLane,
    batch: Int
  ) {
    self.options = options
    self.lane = lane
    graphs = ScoringGraphs(model: model, upsampling: upsampling)
    scorer = InputScorer(
      model, options: options, batch: batch, upsampling: upsampling, lane: lane)
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
    let input = job.inputs[job.item.input.name] ?? job.channels.maps
    let masks = chosen.flatMap { channel in
      recipe.variation.masks(
        of: job.channels.maps.part(channel), channel: channel, in: input)
    }
    guard recipe.subtractsFill else {
      return try combined(
        job, chosen, try scored(masks, job, recipe, progress).means(of: recipe.variation.count),
        base: 0, recipe)
    }
    // A mask that is the same everywhere hides all of the input.
    let blank = Tensor(shape: Shape(job.channels.grid), repeating: 0)
    let results = try scored([blank] + masks, job, recipe, progress)
    let base = results[0].score
    let rows = Array(results.dropFirst()).means(of: recipe.variation.count)
    let pair = try combined(job, chosen, rows, base: base, recipe)
    guard base != 0, !pair.map.elements.contains(where: { $0 > 0 }) else { return pair }
    return try combined(job, chosen, rows, base: 0, recipe)
  }

  /// Scores the input under masks.
  private func scored(
    _ masks: [Tensor], _ job: MaskJob, _ recipe: MaskRecipe, _ progress: (Double) -> Void
  ) throws -> [GridScore] {
    let planned = min(job.channels.maps.shape[0], recipe.channelCount) * recipe.variation.count
    let layout = MaskLayout(
      recipe: recipe, input: job.item.input, grid: job.channels.grid, fields: job.item.fields,
      form: FormedScores(recipe.form, job.item.target))
    let shown = GridMasks(
      layout: layout, masks: masks, greatestCount: planned + (recipe.subtractsFill ? 1 : 0),
      target: job.reading.all)
    return try scorer.scores(of: shown, in: job.inputs, progress: progress)
  }

  /// Sums channels by what showing them gave.
  private func combined(
    _ job: MaskJob, _ chosen: [Int], _ rows: [GridScore], base: Float, _ recipe: MaskRecipe
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
    var pair = compiled.results.pair(in: outputs)
    pair.channelWeights = job.scoring.weighsActivations ? weight : nil
    return pair
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

extension [GridScore] {
  /// Of each so many that follow one another the first, with the mean of their scores.
  fileprivate func means(of count: Int) -> [GridScore] {
    guard count > 1 else { return self }
    return indices.parts(of: count).map { part in
      let sum = self[part].reduce(0.0) { $0 + Double($1.score) }
      let first = self[part.lowerBound]
      return GridScore(
        score: Float(sum / Double(part.count)), least: first.least, range: first.range)
    }
  }
}
