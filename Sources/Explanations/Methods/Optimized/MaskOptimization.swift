import Catalogs
import GraphIR
import TensorCore

/// A way to explain that looks for the mask of an input for which an objective is least, step by step.
///
/// The objective and its gradient with respect to the numbers that a mask is made of are one graph: the
/// input blended with its fill, the network, and what the mask costs. Numbers that are sought change outside of
/// it, by `MaskDescent`. Masks of many inputs, and several of one input, are rows of the same batches.
public struct MaskOptimization: Sendable {
  /// The parameter that says how many steps are taken.
  let steps: Parameter<Int>

  /// What is sought for an input.
  let problem: @Sendable (MaskSite, Settings) -> any MaskProblem
}

/// What is sought: masks made of numbers on a grid of cells, and what each costs.
protocol MaskProblem: Sendable {
  /// How many cells the grid has along each axis of positions.
  var cells: [Int] { get }

  /// Which share of the input each mask is to keep, one mask for each; nil for a single mask of any size.
  var areas: [Double]? { get }

  /// How many random masks are made of the same numbers in a step; 0 where nothing is random.
  var drawCount: Int { get }

  /// What stands where a mask hides the input.
  var fill: MaskFill { get }

  /// The score that is minimized or maximized.
  var objective: MaskObjective { get }

  /// What the numbers are at the start.
  var start: Float { get }

  /// What they are kept between after each step.
  var range: ClosedRange<Float> { get }

  /// How they follow their gradient.
  var descent: MaskDescent.Rule { get }

  /// How many steps are taken.
  var stepCount: Int { get }

  /// By how much costs have grown at the last step, 1 for not at all.
  var growth: Double { get }

  /// Adds the mask, what it costs and its map to a graph.
  func terms(_ step: MaskStep) -> MaskTerms
}

/// What a mask is made of in a graph, for a batch of masks.
struct MaskStep {
  /// The numbers that are sought, `[masks, 1, cells…]`.
  let numbers: Value

  /// Random numbers of the logistic distribution for each of them, of the same shape; zero where nothing is
  /// random, and at the end.
  let noise: Value

  /// How many cells each mask is to keep, `[masks, 1, 1…]`; zero where there is no such number.
  let quota: Value

  /// The extents of the input's positions.
  let positions: [Int]
}

/// A mask in a graph.
struct MaskTerms {
  /// The share of each position that is kept, `[masks, 1, positions…]`, 0…1.
  let mask: Value

  /// What is added to the score, `[masks]`.
  let cost: Value

  /// What is shown, `[masks, 1, positions…]`.
  let map: Value
}

/// What stands where a mask hides the input.
enum MaskFill: Hashable, Sendable {
  /// Something that is the same for all masks.
  case constant(InputFill)
  /// The input blurred less and less, the first the most: where the mask is between 0 and 1, the blur is between
  /// all of it and none.
  case levels([InputFill])
  /// What a mask keeps, spread into its gaps.
  case infill
}

/// The score that masks change.
struct MaskObjective: Hashable, Sendable {
  /// Which score it is.
  enum Score: String, CaseIterable {
    case probability, logit
    /// The logarithm of the odds of a class, `log p − log(1 − p)`.
    case logOdds = "log-odds"

    /// The form of the scores that it is made of.
    var form: ScoreForm { self == .logit ? .logit : .probability }
  }

  let score: Score

  /// Whether masks are to keep the score as high as they can, rather than to lower it.
  let isPreserved: Bool

  /// What a difference of 1 is.
  let unit: ScoreUnit
}

/// What a difference of 1 of the score is, beside which masks cost something.
enum ScoreUnit: String, CaseIterable {
  /// The difference between the scores of the input and of what stands for it, so that costs mean the same for
  /// every network.
  case difference
  /// 1.
  case none
}
