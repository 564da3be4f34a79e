import Catalogs
import GraphIR
import Operations
import TensorCore

/// Recipro-CAM: the score when only one place of the activation is kept, for each place.
///
/// `p_c(M_i ⊙ A)` at position `i`, where `M_i` is a Gaussian of three positions along each axis around it,
/// Byun and Lee 2022 (arXiv 2209.14074). The score of an activation that is zero is subtracted,
/// so that zero means nothing; published maps are stretched from their least to their largest value.
enum ReciproCAM {
  enum Kernel: String, CaseIterable { case gaussian, point }

  static let kernel = Parameter(
    "kernel",
    "what is kept: three positions along each axis, weighted 1, 2, 1 (of 4), or the position alone",
    standard: Kernel.gaussian)

  static let baseline = Parameter<ScoreBaseline>.baseline.with(
    standard: .fill,
    summary: "what is subtracted from scores: that of an activation which is zero, or nothing")

  static let entry = ExplanationMethod(
    id: "recipro-cam", title: "Recipro-CAM",
    summary: "the score when only one place of the layer is kept, for each place",
    source: "Byun and Lee 2022, Recipro-CAM, arXiv 2209.14074",
    use:
      "To see what each place of the last layer says by itself, without gradients: only what follows "
      + "the layer runs, once for each place of its grid. At early layers there are thousands.",
    kind: .activationMap,
    parameters: [kernel, Parameter.score, baseline],
    advice: "made for the last layer: earlier ones have many places, and one says little by itself",
    procedure: .tail(TailScoring(factors: factors, form: { $0[.score] }, map: map)))

  /// Nothing, and then each place.
  private static func factors(
    _ activation: Shape, _ settings: Settings
  ) -> ActivationFactors {
    let grid = Shape(Array(activation.extents.dropFirst()))
    let kernel: [Float] = settings[kernel] == .point ? [1] : [0.25, 0.5, 0.25]
    return ActivationFactors(
      count: grid.elementCount + 1, shape: Shape([1] + grid.extents)
    ) { index in
      var row = [Float](repeating: 0, count: grid.elementCount)
      guard index > 0 else { return row }
      for (place, share) in neighbors(of: grid.index(of: index - 1), in: grid, kernel) {
        row[place] = share
      }
      return row
    }
  }

  /// The places around one, in row-major order, with their shares: a product over axes.
  private static func neighbors(
    of center: [Int], in grid: Shape, _ kernel: [Float]
  ) -> [(place: Int, share: Float)] {
    zip(center, grid.extents).reduce([(0, 1)]) { found, axis in
      let (middle, extent) = axis
      // An axis with one position has no neighbors to share with.
      let shares = extent > 1 ? kernel : [1]
      return found.flatMap { base in
        shares.enumerated().compactMap { offset, share in
          let index = middle + offset - shares.count / 2
          guard (0..<extent).contains(index) else { return nil }
          return (base.place * extent + index, base.share * share)
        }
      }
    }
  }

  private static func map(_ found: TailScores, _ settings: Settings) -> Value {
    let positions = found.activation.shape.positions
    let none = found.scores.sliced(0, start: 0, count: 1)
    let kept = found.scores.sliced(0, start: 1, count: positions.reduce(1, *))
    let map = settings[baseline] == .fill ? kept - none : kept
    return map.reshaped(to: Shape([1, 1] + positions))
  }
}
