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
    let isPoint = settings[kernel] == .point
    return ActivationFactors(
      count: grid.elementCount + 1, shape: Shape([1] + grid.extents)
    ) { index in
      let nothing = [Float](repeating: 0, count: grid.elementCount)
      guard index > 0 else { return nothing }
      let center = grid.index(of: index - 1)
      guard !isPoint else {
        return nothing.indices.map { $0 == index - 1 ? 1 : 0 }
      }
      return nothing.indices.map { place in
        zip(zip(center, grid.index(of: place)), grid.extents).reduce(Float(1)) { share, axis in
          let ((middle, other), extent) = axis
          // An axis with one position has no neighbors to share with.
          guard extent > 1 else { return share }
          return share * [0.5, 0.25][orZeroAt: abs(middle - other)]
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

extension [Float] {
  /// The element at an index, 0 where there is none.
  fileprivate subscript(orZeroAt index: Int) -> Float { indices.contains(index) ? self[index] : 0 }
}
