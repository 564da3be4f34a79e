import Catalogs
import GraphIR
import Operations

/// FIDO: how likely each cell is to be kept (or hidden) where random masks keep (or take away) the score.
///
/// Each cell is kept with a probability `σ(θ)`. Probabilities are sought for which the score of randomly masked
/// inputs is the highest and few cells are kept (the smallest sufficient region), or the score is the lowest and few
/// are hidden (the smallest deletion region), Chang et al. 2019 (arXiv 1807.08024), equations 3 and 4, with the
/// gradient through `σ((θ + noise) / τ)`, the concrete distribution. The score is that of the log-odds.
///
/// This is done without a generative model: the paper fills what is hidden by one that was trained on pictures
/// of the kind. Here what is kept is spread into the gaps (as ROAD does it), or the input is blurred. What the paper
/// finds about natural fills does not hold of these. Cells are hidden whole; the authors' program draws
/// each pixel by itself, from 56 × 56 probabilities. What masks cost is not published in these units; more
/// cells, or less cost, give ragged masks.
enum CounterfactualMask {
  enum Region: String, CaseIterable { case sufficient, deletion }

  enum Fill: String, CaseIterable { case infill, blur, line, zero }

  static let steps = Parameter<Int>.stepCount(150)

  static let region = Parameter(
    "region",
    "what is sought: the smallest region that is enough for the score (SSR), or the smallest without "
      + "which it falls (SDR)",
    standard: Region.sufficient)

  static let samples = Parameter<Int>.sampleCount(4, "how many random masks there are in each step")

  static let cells = Parameter<Int>.cells(picture: 14, spectrum: 64)

  static let temperature = Parameter(
    "temperature", "how soft random masks are: near 0 cells are kept or not", standard: 0.1,
    .number(0.01...10))

  static let area = Parameter<Double>.areaCost(
    1, "what it costs to keep all of the input (sufficient), or to hide it (deletion)")

  static let variation = Parameter<Double>.variationCost(
    0.3, "what the mean square difference of the probabilities of neighboring cells costs")

  static let fill = Parameter(
    "fill",
    "what stands where cells are hidden: what is kept, spread into the gaps, the input blurred, a "
      + "straight line between the ends of every axis, or zero in the network's own numbers",
    standard: Fill.infill)

  static let score = Parameter(
    "score",
    "the score that masked inputs get; without probabilities log-odds are the score itself",
    standard: MaskObjective.Score.logOdds)

  static let entry = ExplanationMethod(
    id: "counterfactual-mask", title: "Counterfactual Mask",
    summary:
      "how likely cells are kept by random masks that keep the score; without a generative model",
    source: "Chang et al. 2019, FIDO, arXiv 1807.08024, equations 3 and 4",
    use:
      "To see which cells are enough for the score, or which it cannot do without (region=deletion), "
      + "where hidden cells are filled from what is left. Without a generative model, unlike the "
      + "paper. Runs the network forth and back 600 times.",
    kind: .attribution,
    parameters: [
      steps, region, samples, Parameter.rate(0.1), cells, temperature, area, variation, fill,
      Parameter.blur, score, Parameter.unit, Parameter.randomSeed,
    ],
    procedure: .optimized(MaskOptimization(steps: steps) { DrawnCells($0, $1) }))
}

/// Probabilities of cells.
private struct DrawnCells: MaskProblem {
  let cells: [Int]
  let areas: [Double]? = nil
  let drawCount: Int
  let fill: MaskFill
  let objective: MaskObjective
  /// Kept as likely as not.
  let start: Float = 0
  /// Beyond these, probabilities are 0 or 1, and nothing is learned of a cell any more.
  let range: ClosedRange<Float> = -8...8
  let descent: MaskDescent.Rule
  let stepCount: Int
  let growth = 1.0
  private let isSufficient: Bool
  private let costs: (area: Float, variation: Float)
  private let temperature: Float

  init(_ site: MaskSite, _ settings: Settings) {
    cells = site.grid(settings[CounterfactualMask.cells], picture: 14, spectrum: 64)
    drawCount = settings[CounterfactualMask.samples]
    isSufficient = settings[CounterfactualMask.region] == .sufficient
    fill =
      switch settings[CounterfactualMask.fill] {
      case .infill: .infill
      case .blur: .constant(.blur(settings[.blur]))
      case .line: .constant(.line)
      case .zero: .constant(.zero)
      }
    objective = MaskObjective(
      score: settings[CounterfactualMask.score], isPreserved: isSufficient, unit: settings[.unit])
    descent = .adam(rate: Float(settings[Parameter.rate(0.1)]))
    stepCount = settings[CounterfactualMask.steps]
    costs = (
      Float(settings[CounterfactualMask.area]), Float(settings[CounterfactualMask.variation])
    )
    temperature = Float(settings[CounterfactualMask.temperature])
  }

  func terms(_ step: MaskStep) -> MaskTerms {
    let kept = step.numbers.logistic
    let wanted = isSufficient ? kept : 1 - kept
    let drawn = ((step.numbers + step.noise) * (1 / temperature)).logistic
    let cost =
      wanted.meanOfEach * costs.area + kept.variation(power: 2) * costs.variation
    return MaskTerms(
      mask: drawn.enlarged(to: step.positions), cost: cost,
      map: wanted.spread(over: step.positions))
  }
}
