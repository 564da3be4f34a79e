import Catalogs

/// RISE: the mean of random masks, weighted by the scores of the input seen through them.
///
/// `Σ_j (s_j − s̄) M_j(i) / Σ_j M_j(i)`, what showing a place adds to the mean score; Petsiuk, Das and
/// Saenko 2018 (arXiv 1806.07421), section 3.1, have `Σ_j s_j M_j(i) / (N p)` (`baseline=none`,
/// `normalization=expected`). Both have the same expectation but for a constant; the mean score times how
/// often a place happened to be shown is noise that the first does not have.
///
/// Masks are random cells, each shown with a probability, laid over the input by bilinear interpolation and
/// shifted by a random part of a cell, as in section 3.2 there.
enum RISE {
  enum Baseline: String, CaseIterable { case mean, none }

  enum Normalization: String, CaseIterable { case masks, expected }

  static let masks = Parameter<Int>.maskCount(4000)

  static let cells = Parameter<Int>.cells(picture: 7, spectrum: 32)

  static let share = Parameter(
    "share", "the probability of a cell to be shown", standard: 0.5, .number(0.01...0.99))

  static let error = Parameter(
    "error",
    "no more masks are drawn once the mean standard error of the map is below so many per cent of its "
      + "range; 0 draws all",
    standard: 0.0, .number(0...100))

  static let baseline = Parameter(
    "baseline",
    "what is subtracted from scores: their mean, so that zero means no difference, or nothing, as published",
    standard: Baseline.mean)

  static let normalization = Parameter(
    "normalization",
    "what sums over masks are divided by: how much of each place they showed, or how much was expected, as "
      + "published",
    standard: Normalization.masks)

  static let entry = ExplanationMethod(
    id: "rise", title: "RISE",
    summary: "random parts of the input, weighted by the scores they get; with its standard error",
    source: "Petsiuk et al. 2018, RISE, arXiv 1806.07421, section 3",
    use:
      "To see what the score rests on by nothing but inputs and scores, whatever the network is. "
      + "Runs the network thousands of times; the results say how far the map is due to chance.",
    kind: .attribution,
    parameters: [
      masks, cells, share, error, Parameter.fill.with(standard: .zero), Parameter.blur,
      Parameter.score, baseline, normalization, Parameter.randomSeed,
    ],
    procedure: .samples(
      MaskSampling(recipe: { $0.sharedRecipe }, experiment: { RandomMasking($0, $1) })))
}

/// Random masks, and what they show.
private struct RandomMasking: MaskExperiment {
  let plannedCount: Int
  private let greatestError: Double
  private let estimate: MaskMoments.Estimate
  private var masks: RandomMasks
  private var moments: MaskMoments

  /// From how many masks on errors are believed.
  private static let leastCount = 256

  init(_ site: MaskSite, _ settings: Settings) {
    plannedCount = settings[RISE.masks]
    greatestError = settings[RISE.error] / 100
    let cells = settings[RISE.cells]
    masks = RandomMasks(
      site, cells: cells > 0 ? cells : site.isPicture ? 7 : 32, share: Float(settings[RISE.share]))
    moments = MaskMoments(site.count)
    estimate = MaskMoments.Estimate(
      subtractsMean: settings[RISE.baseline] == .mean,
      expectedShare: settings[RISE.normalization] == .expected ? settings[RISE.share] : nil)
  }

  mutating func draw(_ lot: Int) -> [[Float]] {
    let count = min(lot, plannedCount - moments.count)
    guard count > 0, !isPrecise else { return [] }
    return (0..<count).map { _ in masks.next() }
  }

  private var isPrecise: Bool {
    guard greatestError > 0, moments.count >= Self.leastCount else { return false }
    let found = finding
    guard let error = found.relativeError else { return false }
    return error < greatestError
  }

  mutating func take(_ scores: [Double], of masks: [[Float]]) {
    moments.add(masks, scores)
  }

  var finding: MaskFinding { moments.finding(estimate) }
}
