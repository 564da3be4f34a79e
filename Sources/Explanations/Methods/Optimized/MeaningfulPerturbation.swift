import Catalogs
import GraphIR
import Operations

/// Meaningful perturbation: the smallest smooth mask that hides what the score rests on.
///
/// The mask `m`, 0…1, that minimizes `f(m ⊙ x + (1 − m) ⊙ fill) + λ₁ mean |1 − m| + λ₂ mean Σ |∇m|^β`, on a coarse
/// grid, Fong and Vedaldi 2017 (arXiv 1704.03296), equations 3 and 5: the deletion game, with β = 3 and 300 steps
/// of Adam at 0.1. The map is `1 − m`: what had to go.
///
/// Published weights are of sums over 28 × 28 cells, 1e-4 and 1e-2; of means they are 0.08 and 8, which mean the
/// same on any grid, and on spectra. The paper interpolates by Gaussians (`smoothness=0.6`), starts from a disk
/// that is hidden, and shifts the picture by up to four pixels in each step: here interpolation is linear
/// as in most programs, the start is the same everywhere, and nothing is shifted.
enum MeaningfulPerturbation {
  static let steps = Parameter<Int>.stepCount(300, published: 300)

  static let cells = Parameter<Int>.cells(picture: 28, spectrum: 64)

  static let area = Parameter<Double>.areaCost(
    0.08,
    "what it costs to hide all of the input; published is 1e-4 for each of 28 × 28 cells, 0.08")

  static let variation = Parameter<Double>.variationCost(
    8,
    "what the mean difference of neighboring cells costs, raised to beta; published is 1e-2 for each of "
      + "28 × 28 cells, 8")

  static let beta = Parameter(
    "beta", "the power of differences of neighboring cells", standard: 3.0, .number(1...10))

  static let smoothness = Parameter(
    "smoothness",
    "the standard deviation of a Gaussian that the interpolated mask is blurred with, in cells; published is "
      + "0.6", standard: 0.0, .number(0...10))

  static let start = Parameter(
    "start", "which share of each position is kept at the start", standard: 1.0, .number(0...1))

  static let entry = ExplanationMethod(
    id: "meaningful-perturbation", title: "Meaningful Perturbation",
    summary: "the smallest smooth mask that takes the score away, by descent",
    source: "Fong and Vedaldi 2017, arXiv 1704.03296, equations 3 and 5",
    use:
      "To see what has to be hidden for the score to fall. Runs the network forth and back 300 times; masks of "
      + "weak evidence may take the network where no input is, so look at the score that is noted with it.",
    kind: .attribution,
    parameters: [
      steps, Parameter.rate(0.1), cells, area, variation, beta, smoothness, start,
      Parameter.fill, Parameter.blur.with(standard: .percent(4.5)), Parameter.score, Parameter.unit,
    ],
    procedure: .optimized(MaskOptimization(steps: steps) { Deletion($0, $1) }))
}

/// A mask of the deletion game.
private struct Deletion: MaskProblem {
  let cells: [Int]
  let areas: [Double]? = nil
  let drawCount = 0
  let fill: MaskFill
  let objective: MaskObjective
  let start: Float
  let range: ClosedRange<Float> = 0...1
  let descent: MaskDescent.Rule
  let stepCount: Int
  let growth = 1.0
  private let costs: (area: Float, variation: Float, beta: Float)
  private let smoothness: Double

  init(_ site: MaskSite, _ settings: Settings) {
    cells = site.grid(settings[MeaningfulPerturbation.cells], picture: 28, spectrum: 64)
    fill = .constant(settings.inputFill)
    objective = MaskObjective(
      score: settings[.score] == .logit ? .logit : .probability, isPreserved: false,
      unit: settings[.unit])
    start = Float(settings[MeaningfulPerturbation.start])
    descent = .adam(rate: Float(settings[Parameter.rate(0.1)]))
    stepCount = settings[MeaningfulPerturbation.steps]
    costs = (
      Float(settings[MeaningfulPerturbation.area]),
      Float(settings[MeaningfulPerturbation.variation]),
      Float(settings[MeaningfulPerturbation.beta])
    )
    smoothness = settings[MeaningfulPerturbation.smoothness]
  }

  func terms(_ step: MaskStep) -> MaskTerms {
    let mask = step.numbers.spread(over: step.positions, smoothness: smoothness)
    let cost =
      (1 - step.numbers).absolute.meanOfEach * costs.area
      + step.numbers.variation(power: costs.beta) * costs.variation
    return MaskTerms(mask: mask, cost: cost, map: 1 - mask)
  }
}
