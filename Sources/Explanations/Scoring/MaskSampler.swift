import Catalogs
import TensorCore

/// One map to make by masks that do not come from a layer.
struct SamplingJob {
  let item: PlanItem
  let sampling: MaskSampling
  /// All inputs of the sample; the one that the map lies on is masked.
  let inputs: [String: Tensor]
  /// How much each score counts, `[1, classes, positions…]`.
  let target: Tensor
  /// The units of the axis between two positions.
  let spacing: Double
}

/// Makes maps of methods that show the network masks of their own.
struct MaskSampler: Sendable {
  let scorer: InputScorer

  /// How many masks are in memory at once at most, where runs are smaller; after each lot a method may have
  /// seen enough.
  static let greatestLot = 128

  /// Makes a map.
  ///
  /// - Parameters:
  ///   - job: Whose, and of what.
  ///   - progress: Called with the share that is done.
  /// - Returns: The map at the positions of the input.
  /// - Throws: What building, compiling and running throw; `CancellationError`.
  func map(_ job: SamplingJob, progress: (Double) -> Void) throws -> MapPair {
    let settings = job.item.method.settings
    let positions = job.item.input.positions
    let recipe = job.sampling.recipe(settings)
    let seed = settings.contains(Parameter.randomSeed) ? settings[Parameter.randomSeed] : 0
    let site = MaskSite(
      positions: positions, spacing: job.spacing,
      seed: job.inputs[job.item.input.name]?.seed(UInt64(seed)) ?? 0)
    var experiment = job.sampling.experiment(site, settings)
    let planned = experiment.plannedCount
    let layout = MaskLayout(
      recipe: recipe, input: job.item.input, grid: positions, fields: nil,
      form: FormedScores(recipe.form, job.item.target), tellsRange: false)
    let lot = scorer.grids.lot(upTo: Self.greatestLot)
    var done = 0
    while true {
      let masks = experiment.draw(lot)
      guard !masks.isEmpty else { break }
      let shown = GridMasks(
        layout: layout,
        masks: masks.map { Tensor(shape: Shape(positions), elements: $0) },
        greatestCount: min(lot, planned), target: job.target)
      let scores = try scorer.scores(of: shown, in: job.inputs) { share in
        progress((Double(done) + share * Double(masks.count)) / Double(max(1, planned)))
      }
      experiment.take(scores.map { Double($0.score) }, of: masks)
      done += masks.count
    }
    return Self.pair(experiment.finding, Shape(positions), count: done)
  }

  private static func pair(_ found: MaskFinding, _ shape: Shape, count: Int) -> MapPair {
    let tensor = { (values: [Double]) in
      Tensor(shape: shape, elements: values.map { Float($0) })
    }
    let map = tensor(found.map)
    return MapPair(
      map: map, aligned: map,
      sampling: SamplingRecord(
        maskCount: count, standardError: found.relativeError, fit: found.fit),
      standardErrors: found.standardErrors.map(tensor))
  }
}

extension Tensor {
  /// A number that is the same for the same elements and start.
  func seed(_ start: UInt64) -> UInt64 {
    elements.reduce(start) { state, element in
      var generator = SplitMix64(seed: state ^ UInt64(element.bitPattern))
      return generator.next()
    }
  }
}
