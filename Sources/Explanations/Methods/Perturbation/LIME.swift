import Catalogs
import Foundation
import TensorCore

/// LIME: a linear model of the scores of inputs of which some cells are kept, weighted by how much is kept.
///
/// The effects `b` that minimize `Σ_j π_j (z_j − b₀ − Σ_c b_c kept_jc)² + λ ‖b‖²` with
/// `π = exp(−d² / 2w²)` of the cosine distance `d = 1 − √(share kept)`; Ribeiro, Singh and Guestrin 2016
/// (arXiv 1602.04938), equation 1, with the kernel and the penalty of the authors' program for images. Cells
/// are equal parts of the input in the place of segments, and effects are spread over their positions.
enum LIME {
  static let cells = Parameter<Int>.cells(picture: 9, spectrum: 32)

  static let masks = Parameter<Int>.maskCount(1000)

  static let width = Parameter(
    "width", "the width of the kernel: how much less an input counts of which less is kept",
    standard: 0.25, .number(0.01...100))

  static let penalty = Parameter(
    "penalty", "what the squares of effects count beside those of residuals", standard: 1.0,
    .number(0...1e6))

  static let entry = ExplanationMethod(
    id: "lime", title: "LIME",
    summary: "what each cell adds to the score by a linear model of masked inputs; with its fit",
    source: "Ribeiro et al. 2016, LIME, arXiv 1602.04938, equation 1",
    use:
      "To see which parts of the input raise and lower the score near it, by nothing but inputs and "
      + "scores. The results say how well a linear model describes them (R²); kernel-shap adds up.",
    kind: .attribution,
    parameters: [
      cells, masks, width, penalty, Parameter.fill, Parameter.blur,
      Parameter.score.with(standard: .logit), Parameter.randomSeed,
    ],
    procedure: .samples(
      MaskSampling(recipe: { $0.sharedRecipe }, experiment: { LocalModel($0, $1) })))
}

/// The whole input, and random choices of its cells; all choices where they are few.
private struct LocalModel: MaskExperiment {
  private let cells: InputCells
  private let choices: [[Bool]]
  private let width: Double
  private let penalty: Double
  private var drawn = 0
  private var scores: [Double] = []

  var plannedCount: Int { choices.count }

  init(_ site: MaskSite, _ settings: Settings) {
    let side = settings[LIME.cells]
    cells = InputCells(
      positions: site.positions, side: side > 0 ? side : site.isPicture ? 9 : 32)
    let count = settings[LIME.masks]
    choices = cells.allChoices(atMost: count) ?? Self.random(cells.count, count, site.seed)
    width = settings[LIME.width]
    penalty = settings[LIME.penalty]
  }

  private static func random(_ cells: Int, _ count: Int, _ seed: UInt64) -> [[Bool]] {
    var generator = SplitMix64(seed: seed)
    let whole = [Bool](repeating: true, count: cells)
    return [whole]
      + (1..<max(2, count)).map { _ in whole.map { _ in generator.uniform() < 0.5 } }
  }

  mutating func draw(_ lot: Int) -> [[Float]] {
    let next = drawn..<min(drawn + lot, choices.count)
    drawn = next.upperBound
    return next.map { cells.mask(choices[$0]) }
  }

  mutating func take(_ scores: [Double], of _: [[Float]]) { self.scores += scores }

  var finding: MaskFinding {
    let trials = zip(choices, scores).map { kept, score in
      let share = Double(kept.count { $0 }) / Double(kept.count)
      let distance = 1 - share.squareRoot()
      return CellModel.Trial(
        kept: kept, score: score, weight: exp(-distance * distance / (2 * width * width)))
    }
    let model = CellModel(trials, penalty: penalty)
    return MaskFinding(map: cells.spread(model.effects), fit: model.fit(trials))
  }
}
