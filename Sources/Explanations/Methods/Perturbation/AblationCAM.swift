import Catalogs
import GraphIR
import Operations
import TensorCore

/// Ablation-CAM: channels weighted by what the score loses without each.
///
/// `ReLU(Σ_k w_k A_k)`, `w_k = (z − z_k) / |z|`, where `z_k` is the score when channel `k` is zero;
/// Desai and Ramaswamy 2020 (WACV). They divide by `z`, as libraries do, which turns the
/// map over where `z` is negative: the channels that raise the score would count against it
/// (`division=score`).
enum AblationCAM {
  enum Division: String, CaseIterable { case magnitude, score, none }

  static let division = Parameter(
    "division",
    "what the loss of a channel is divided by: the magnitude of the score, the score itself, as "
      + "published (a negative one turns the map over), or nothing",
    standard: Division.magnitude)

  static let entry = ExplanationMethod(
    id: "ablation-cam", title: "Ablation-CAM",
    summary: "channels weighted by what the score loses when each is zero",
    source: "Desai and Ramaswamy 2020, Ablation-CAM, WACV, pages 972–980",
    use:
      "Where gradients are not to be trusted, at a fraction of score-cam's cost: only what follows the "
      + "layer runs once for each channel, which takes little time at the last one.",
    kind: .activationMap,
    parameters: [Parameter.score.with(standard: .logit), division],
    finishing: [.rectified(true)],
    procedure: .tail(TailScoring(factors: factors, form: { $0[.score] }, weights: weights)))

  /// The whole activation, and then without each channel.
  private static func factors(_ activation: Shape, _: Settings) -> ActivationFactors {
    let channels = activation[0]
    let shape = Shape([channels] + activation.extents.dropFirst().map { _ in 1 })
    return ActivationFactors(count: channels + 1, shape: shape) { index in
      var row = [Float](repeating: 1, count: channels)
      if index > 0 { row[index - 1] = 0 }
      return row
    }
  }

  private static func weights(_ found: TailScores, _ settings: Settings) -> Value {
    let channels = found.activation.shape[1]
    let whole = found.scores.sliced(0, start: 0, count: 1)
    let losses = whole - found.scores.sliced(0, start: 1, count: channels)
    let weights =
      switch settings[division] {
      case .magnitude: losses / whole.absolute.orOne
      case .score: losses / whole.orOne
      case .none: losses
      }
    return weights.reshaped(
      to: Shape([1, channels] + found.activation.shape.positions.map { _ in 1 }))
  }
}
