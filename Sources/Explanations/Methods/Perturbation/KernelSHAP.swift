import Catalogs
import TensorCore

/// Kernel SHAP: Shapley values of cells of the input, by weighted least squares.
///
/// The effects that minimize `Σ_S π(S) (z(S) − z(∅) − Σ_{c ∈ S} φ_c)²` and add up to `z(x) − z(∅)` exactly,
/// with `π(S) = (n − 1) / (C(n, |S|) |S| (n − |S|))`; Lundberg and Lee 2017 (arXiv 1705.07874), theorem 2.
/// `z(S)` is the score where only the cells `S` are kept. Sizes are drawn as often as they count, each
/// choice together with its complement (Covert and Lee 2021, arXiv 2012.01536); where all choices are no more
/// than the masks, all are taken, and the values are exact. They are spread over the positions of cells, so that
/// the map adds up to the difference.
enum KernelSHAP {
  static let cells = Parameter<Int>.cells(picture: 9, spectrum: 32)

  static let masks = Parameter<Int>.maskCount(1000)

  static let entry = ExplanationMethod(
    id: "kernel-shap", title: "Kernel SHAP",
    summary: "Shapley values of cells; they add up to the score less that of the fill",
    source: "Lundberg and Lee 2017, arXiv 1705.07874, theorem 2",
    use:
      "To divide the difference between the scores of the input and of what stands for it (fill) among "
      + "its parts, by nothing but inputs and scores. The results say how far a sum describes them (R²).",
    kind: .attribution,
    parameters: [
      cells, masks, Parameter.fill, Parameter.blur, Parameter.score.with(standard: .logit),
      Parameter.randomSeed,
    ],
    procedure: .samples(
      MaskSampling(recipe: { $0.sharedRecipe }, experiment: { Coalitions($0, $1) })))
}

/// Nothing, the whole input, and choices of its cells in between.
private struct Coalitions: MaskExperiment {
  private let cells: InputCells
  /// The first is nothing, the second the whole input.
  private let choices: [[Bool]]
  /// Whether there are no others.
  private let areAll: Bool
  private var drawn = 0
  private var scores: [Double] = []

  var plannedCount: Int { choices.count }

  init(_ site: MaskSite, _ settings: Settings) {
    let side = settings[KernelSHAP.cells]
    let cells = InputCells(
      positions: site.positions, side: side > 0 ? side : site.isPicture ? 9 : 32)
    let ends = [false, true].map { [Bool](repeating: $0, count: cells.count) }
    self.cells = cells
    let all = cells.allChoices(atMost: settings[KernelSHAP.masks])
    areAll = all != nil
    choices =
      ends
      + (all.map { $0.filter { Set($0).count > 1 } }
        ?? Self.random(cells.count, settings[KernelSHAP.masks], site.seed))
  }

  /// Random choices, each followed by its complement.
  private static func random(_ cells: Int, _ count: Int, _ seed: UInt64) -> [[Bool]] {
    guard cells > 1 else { return [] }
    var generator = SplitMix64(seed: seed)
    let shares = (1..<cells).map { 1 / Float($0 * (cells - $0)) }
    let total = shares.reduce(0, +)
    return (0..<(count + 1) / 2).flatMap { _ in
      var rest = generator.uniform() * total
      let size =
        1
        + (shares.firstIndex { share in
          rest -= share
          return rest < 0
        } ?? 0)
      let order = generator.shuffled(Array(0..<cells))
      var kept = [Bool](repeating: false, count: cells)
      for cell in order.prefix(size) { kept[cell] = true }
      return [kept, kept.map { !$0 }]
    }
  }

  mutating func draw(_ lot: Int) -> [[Float]] {
    let next = drawn..<min(drawn + lot, choices.count)
    drawn = next.upperBound
    return next.map { cells.mask(choices[$0]) }
  }

  mutating func take(_ scores: [Double], of _: [[Float]]) { self.scores += scores }

  /// How much a choice counts: as the kernel says where all are taken, and equally where it says how often
  /// sizes are drawn.
  private func weight(_ kept: [Bool]) -> Double {
    guard areAll else { return 1 }
    let (count, size) = (kept.count, kept.count { $0 })
    let choices = (0..<size).reduce(1.0) { $0 * Double(count - $1) / Double($1 + 1) }
    return Double(count - 1) / (choices * Double(size * (count - size)))
  }

  var finding: MaskFinding {
    guard scores.count > 1 else { return MaskFinding(map: cells.places.map { _ in 0 }) }
    guard scores.count > 2 else {
      let even = (scores[1] - scores[0]) / Double(cells.count)
      return MaskFinding(map: cells.spread(cells.sizes.map { _ in even }))
    }
    let trials = zip(choices, scores).dropFirst(2).map { kept, score in
      CellModel.Trial(kept: kept, score: score, weight: weight(kept))
    }
    let model = CellModel(trials, from: scores[0], to: scores[1])
    return MaskFinding(map: cells.spread(model.effects), fit: model.fit(trials))
  }
}
