import GraphExecution
import GraphIR
import TensorCore

/// Masks on the grid of a layer, which are brought to the positions of an input, and each to 0…1, as they
/// are laid over it.
struct GridMasks {
  let layout: MaskLayout
  /// `[grid…]` each.
  let masks: [Tensor]
  /// How many there may be of a sample at most; runs are as large as that needs.
  let greatestCount: Int
  /// How much each raw score counts, `[1, classes, positions…]`.
  let target: Tensor
}

/// What showing an input under a mask gave.
struct GridScore {
  /// The explained score.
  let score: Float
  /// The smallest value of the mask at the positions of the input; 0 where nobody asks.
  let least: Float
  /// How far the largest lies above it; 0 where nobody asks.
  let range: Float
}

/// The programs that score masks on grids: only the masks travel, the rest is made in the graph.
final class GridScoring: Sendable {
  private let graphs: ScoringGraphs
  private let options: ProgramOptions
  private let lane: ExecutionLane
  private let largestBatch: Int
  private let hasFixedBatch: Bool
  private let programs = ProgramStore<MaskLayout, MaskScores>()

  init(
    _ model: Model, _ upsampling: Upsampling, options: ProgramOptions, lane: ExecutionLane,
    batch: Int
  ) {
    graphs = ScoringGraphs(model: model, upsampling: upsampling)
    self.options = options
    self.lane = lane
    largestBatch = batch
    hasFixedBatch = model.fixedBatch != nil
  }

  /// The program for a layout.
  func program(_ layout: MaskLayout) -> NetworkProgram<MaskScores> {
    programs.program(layout) {
      NetworkProgram(options: options, lane: lane) { [graphs] in
        try graphs.scores(layout, masks: $0)
      }
    }
  }

  /// The most masks that fill whole runs and are no more than a number, or one run.
  func lot(upTo count: Int) -> Int { max(1, count / largestBatch) * largestBatch }

  /// The masked inputs of a run, such that so many fill the runs they need.
  func batch(for count: Int) -> Int {
    if hasFixedBatch { return largestBatch }
    let runs = (count + largestBatch - 1) / largestBatch
    return (count + runs - 1) / max(runs, 1)
  }
}

extension InputScorer {
  /// Scores an input under masks on the grid of a layer.
  ///
  /// - Parameters:
  ///   - masks: What is shown.
  ///   - inputs: All inputs of the sample by name.
  ///   - progress: Called with the share that is done.
  /// - Returns: What was found for each mask.
  /// - Throws: What building, compiling and running throw; `CancellationError`.
  func scores(
    of masks: GridMasks, in inputs: [String: Tensor], progress: (Double) -> Void
  ) throws -> [GridScore] {
    let (layout, count) = (masks.layout, masks.masks.count)
    let size = grids.batch(for: masks.greatestCount)
    var others = ["target": masks.target]
    for (name, tensor) in inputs { others[ScoringGraphs.label(name)] = Tensor.stack([tensor]) }
    if layout.recipe.fill != .zero, let input = inputs[layout.input.name] {
      others["fill"] = try fills.made(
        FillKey(fill: layout.recipe.fill, input: layout.input), of: input)
    }
    let samples = masks.masks.map { ["masks": $0.reshaped(to: Shape([1] + layout.grid))] }
    var done = 0
    return try grids.program(layout).run(samples, size: size, others) { outputs, results, index in
      done += 1
      if index == size - 1 || done == count { progress(Double(done) / Double(count)) }
      let told = { (output: OutputHandle?) in output.map { outputs[$0].elements[index] } ?? 0 }
      return GridScore(
        score: outputs[results.scores].elements[index], least: told(results.least),
        range: told(results.range))
    }
  }
}
