import Catalogs
import GraphIR
import Operations

/// Extremal perturbations: of all smooth masks that keep a given share of the input, those that keep the score
/// the highest.
///
/// Each mask maximizes `f(m ⊙ x) − λ mean (sort(m) − r)²`, where `r` is 0 and, for the share that is kept, 1; Fong,
/// Patrick and Vedaldi 2019 (arXiv 1910.08485), equations 3 to 5. `m` is a soft maximum of cells, each spread by a
/// Gaussian; where it is between 0 and 1 the input is blurred less and less, in `levels`. The preservation game.
/// The map is the mean of the masks of all `areas`, which the paper's benchmarks sum.
///
/// Published are 800 steps of gradient descent with momentum at 0.01 on raw scores with a λ of 300 that
/// grows sixteenfold (`steps=800,optimizer=momentum,rate=0.01,unit=none,area=300,growth=16`), and a picture that is
/// mirrored in every other step, which is not done here. In fewer steps λ has to start lower, or it decides where masks
/// lie before the score does. Masks are found, and their sizes compared, at the cells with a margin
/// around them, and interpolated.
enum ExtremalPerturbation {
  enum Optimizer: String, CaseIterable { case adam, momentum }

  static let steps = Parameter<Int>.stepCount(200, published: 800)

  static let areas = Parameter(
    "areas", "the shares of the input that masks keep, in per cent, one mask for each",
    standard: ShareList(percent: [2.5, 5, 10, 20]), .shares)

  static let cells = Parameter<Int>.cells(picture: 32, spectrum: 64)

  static let smoothness = Parameter(
    "smoothness",
    "how far a cell reaches, in cells: half of it undiminished, twice of it at all; 0 for cells by themselves",
    standard: 3.0, .number(0...10))

  static let area = Parameter<Double>.areaCost(
    3,
    "what the mean square difference between the sorted mask and one of the size that is sought costs at "
      + "the start; published is 300 for raw scores")

  static let growth = Parameter(
    "growth", "by how much that has grown at the last step; published is 16", standard: 160.0,
    .number(1...1e6))

  static let levels = Parameter(
    "levels", "how many degrees of blur there are, the input itself included; 2 is a plain blend",
    standard: 8, .whole(2...32))

  static let optimizer = Parameter(
    "optimizer", "how masks follow their gradient; published is momentum, with rate=0.01",
    standard: Optimizer.adam)

  static let entry = ExplanationMethod(
    id: "extremal-perturbation", title: "Extremal Perturbation",
    summary: "the smooth masks of fixed size that keep the score the highest, by descent",
    source: "Fong, Patrick and Vedaldi 2019, arXiv 1910.08485, equations 3 to 5",
    use:
      "To see which parts of given sizes are enough for the score; sizes can be compared, which masks that trade "
      + "size for score cannot. Runs the network forth and back 200 times for each of four areas.",
    kind: .attribution,
    parameters: [
      steps, areas, Parameter.rate(0.05), optimizer, cells, smoothness, area, growth, levels,
      Parameter.fill, Parameter.blur.with(standard: .percent(9)),
      Parameter.score.with(standard: .logit), Parameter.unit,
    ],
    procedure: .optimized(MaskOptimization(steps: steps) { Preservation($0, $1) }))
}

/// Masks of the preservation game.
private struct Preservation: MaskProblem {
  let cells: [Int]
  let areas: [Double]?
  let drawCount = 0
  let fill: MaskFill
  let objective: MaskObjective
  let start: Float = 1
  let range: ClosedRange<Float> = 0...1
  let descent: MaskDescent.Rule
  let stepCount: Int
  let growth: Double
  private let cost: Float
  private let smoothness: Double

  init(_ site: MaskSite, _ settings: Settings) {
    cells = site.grid(settings[ExtremalPerturbation.cells], picture: 32, spectrum: 64)
    areas = settings[ExtremalPerturbation.areas].shares
    fill = settings.levels(settings[ExtremalPerturbation.levels])
    objective = MaskObjective(
      score: settings[.score] == .logit ? .logit : .probability, isPreserved: true,
      unit: settings[.unit])
    let rate = Float(settings[Parameter.rate(0.05)])
    descent =
      settings[ExtremalPerturbation.optimizer] == .adam ? .adam(rate: rate) : .momentum(rate: rate)
    stepCount = settings[ExtremalPerturbation.steps]
    growth = settings[ExtremalPerturbation.growth]
    cost = Float(settings[ExtremalPerturbation.area])
    smoothness = settings[ExtremalPerturbation.smoothness]
  }

  func terms(_ step: MaskStep) -> MaskTerms {
    let smooth = SmoothMask(step.numbers, width: smoothness)
    let mask = smooth.inside.spread(over: step.positions)
    let missing = smooth.whole - smooth.whole.largest(step.quota)
    let cost = (missing * missing).sumOfEach * (cost / Float(cells.reduce(1, *)))
    return MaskTerms(mask: mask, cost: cost, map: mask)
  }
}

extension Settings {
  /// What `fill` and `blur` say, with degrees of blur in between.
  fileprivate func levels(_ count: Int) -> MaskFill {
    guard case .blur(let width) = inputFill, count > 2 else { return .constant(inputFill) }
    return .levels(
      (0..<count - 1).map { level in
        .blur(width * (1 - Double(level) / Double(count - 1)))
      })
  }
}

extension InputLength {
  /// A share of a length.
  fileprivate static func * (length: InputLength, share: Double) -> InputLength {
    switch length {
    case .percent(let percent): .percent(percent * share)
    case .units(let units): .units(units * share)
    }
  }
}
