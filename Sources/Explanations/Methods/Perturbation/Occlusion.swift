import Catalogs

/// Occlusion: what the score loses when a patch of the input is hidden, for patches everywhere.
///
/// The mean of `z(x) − z(x without the patch)` over the patches that hide a position; Zeiler and Fergus 2014
/// (arXiv 1311.2901), section 4.2. The last patch of a row is moved back into the input, so that all are
/// equally large.
enum Occlusion {
  static let patch = Parameter<InputLength?>.length(
    "patch", "the side of what is hidden; auto is 15 % of a picture's sides and 5 % of a spectrum")

  static let stride = Parameter<InputLength?>.length(
    "stride", "how far apart patches begin; auto is half of their side")

  static let entry = ExplanationMethod(
    id: "occlusion", title: "Occlusion",
    summary: "what the score loses when a patch of the input is hidden",
    source: "Zeiler and Fergus 2014, arXiv 1311.2901, section 4.2",
    use:
      "To see by nothing but inputs and scores which places the score cannot do without. What is shown "
      + "twice over is not missed when one of the two is hidden. No finer than its patches.",
    kind: .attribution,
    parameters: [
      patch, stride, Parameter.fill.with(standard: .zero), Parameter.blur,
      Parameter.score.with(standard: .logit),
    ],
    procedure: .samples(
      MaskSampling(recipe: { $0.sharedRecipe }, experiment: { HiddenPatches($0, $1) })))
}

/// The whole input, and then without each patch.
private struct HiddenPatches: MaskExperiment {
  /// The positions of each patch.
  private let patches: [[Int]]
  private let positionCount: Int
  private var drawn = 0
  private var scored = 0
  private var whole = 0.0
  private var losses: [Double]
  private var counts: [Int]

  var plannedCount: Int { patches.count + 1 }

  init(_ site: MaskSite, _ settings: Settings) {
    let standard = InputLength.percent(site.isPicture ? 15 : 5)
    let axes = site.positions.map { extent in
      let wanted = (settings[Occlusion.patch] ?? standard)
        .positions(extent: extent, spacing: site.spacing)
      let side = min(extent, max(1, Int(wanted.rounded())))
      let step = settings[Occlusion.stride].map {
        Int($0.positions(extent: extent, spacing: site.spacing).rounded())
      }
      return Self.spans(extent, side: side, step: max(1, step ?? side / 2))
    }
    patches = Self.places(axes, in: site.positions)
    positionCount = site.count
    losses = [Double](repeating: 0, count: site.count)
    counts = [Int](repeating: 0, count: site.count)
  }

  /// Where patches lie along an axis: all in it, the last at its end.
  private static func spans(_ extent: Int, side: Int, step: Int) -> [Range<Int>] {
    let last = extent - side
    var starts = Array(stride(from: 0, to: last, by: step))
    starts.append(last)
    return starts.map { $0..<$0 + side }
  }

  /// The positions of all patches, in row-major order.
  private static func places(_ axes: [[Range<Int>]], in extents: [Int]) -> [[Int]] {
    zip(axes, extents).reduce([[0]]) { patches, axis in
      let (spans, extent) = axis
      return patches.flatMap { places in
        spans.map { span in places.flatMap { place in span.map { place * extent + $0 } } }
      }
    }
  }

  mutating func draw(_ lot: Int) -> [[Float]] {
    let next = drawn..<min(drawn + lot, plannedCount)
    drawn = next.upperBound
    return next.map { index in
      var mask = [Float](repeating: 1, count: positionCount)
      if index > 0 { for place in patches[index - 1] { mask[place] = 0 } }
      return mask
    }
  }

  mutating func take(_ scores: [Double], of _: [[Float]]) {
    for score in scores {
      if scored == 0 {
        whole = score
      } else {
        for place in patches[scored - 1] {
          losses[place] += whole - score
          counts[place] += 1
        }
      }
      scored += 1
    }
  }

  var finding: MaskFinding {
    MaskFinding(map: zip(losses, counts).map { $1 > 0 ? $0 / Double($1) : 0 })
  }
}
