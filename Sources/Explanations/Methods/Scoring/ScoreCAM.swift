import Catalogs
import GraphIR
import Operations

/// Score-CAM: channels weighted by the score of the input seen through each.
///
/// `ReLU(Σ_k p_c(x ⊙ n(U(A_k))) · A_k)`, Wang et al. 2020 (CVPR workshops, arXiv 1910.01279), as the
/// released code has it: probabilities, no baseline, constant channels skipped. Other libraries
/// take logits and a softmax over channels (`score=logit`, `normalization=softmax`).
enum ScoreCAM {
  enum Normalization: String, CaseIterable { case none, softmax }

  static let channelCount = Parameter.channelCount(.max, rankedBy: "variance over positions")

  static let normalization = Parameter(
    "normalization", "whether scores become weights as they are or by a softmax over channels",
    standard: Normalization.none)

  static let entry = ExplanationMethod(
    id: "score-cam", title: "Score-CAM",
    summary: "channels weighted by the score of the input seen through each; one pass per channel",
    source: "Wang et al. 2020, Score-CAM, arXiv 1910.01279, equation 6",
    use:
      "Where gradients are not to be trusted (saturated probabilities, quantized "
      + "networks). Runs the network once for each channel, which takes minutes for large "
      + "layers.",
    kind: .activationMap,
    parameters: [
      channelCount, Parameter.fill.with(standard: .zero), Parameter.blur, Parameter.score,
      Parameter.baseline.with(standard: .none), normalization,
    ],
    finishing: [.rectified(true)],
    procedure: .masks(scoring { _ in (.none, true) }))

  /// What variants with several masks for each channel take, besides their own; they weigh raw scores by a
  /// softmax.
  static func parameters(
    _ own: any ParameterDescription...
  ) -> [any ParameterDescription] {
    [channelCount] + own + [
      Parameter.fill.with(standard: .zero), Parameter.blur, Parameter.score.with(standard: .logit),
      Parameter.baseline.with(standard: .none), normalization.with(standard: .softmax),
    ]
  }

  /// The same with several masks for each channel, which are brought to 0…1 on the grid of the layer.
  static func varied(
    _ variation: @escaping @Sendable (Settings) -> MaskVariation
  ) -> MaskScoring {
    scoring { (variation($0), false) }
  }

  private static func scoring(
    _ variation: @escaping @Sendable (Settings) -> (MaskVariation, normalizes: Bool)
  ) -> MaskScoring {
    MaskScoring(
      weighingActivationsRankedBy: { site in
        let deviation = site.activation - site.activation.mean(over: .positions)
        return (deviation * deviation).pooled
      },
      recipe: { settings in
        let (variation, normalizes) = variation(settings)
        return MaskRecipe(
          fill: settings.inputFill, form: settings[.score],
          subtractsFill: settings[.baseline] == .fill, channelCount: settings[channelCount],
          usesSoftmax: settings[normalization] == .softmax, normalizesMasks: normalizes,
          variation: variation)
      })
  }
}
