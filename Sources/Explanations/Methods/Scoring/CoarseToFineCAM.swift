import Catalogs
import GraphIR
import Operations

/// CF-CAM: where contrastive relevance lies in each channel, weighted by what showing it gains.
///
/// Coarse: `H_k = ReLU(R_k) ⊙ |A_k|` and masks `M_k = n(U(H_k))`. Fine:
/// `s_k = p_c(M_k ⊙ x + (1 − M_k) ⊙ blur(x)) − p_c(blur(x))`. Map: `ReLU(Σ_k s_k H_k)`.
///
/// A reconstruction after Sun, Shi and Wang 2023 (Journal of Electronics & Information Technology
/// 45(4), 1454–1463), whose formulas were not available: what it leaves open is a setting.
enum CoarseToFineCAM {
  enum Mask: String, CaseIterable { case gated, product, relevance, gate }

  enum Sign: String, CaseIterable { case rectified, signed, magnitude }

  enum Combination: String, CaseIterable {
    case maps, masks, activations
    case coarseTimesFine = "coarse-times-fine"
  }

  static let channelCount = Parameter.channelCount(32, rankedBy: "relevance")

  static let groups = Parameter(
    "groups", "how many groups of consecutive channels are shown together; 0 for none",
    standard: 0, .whole(0...1_000_000))

  static let mask = Parameter(
    "mask",
    "what becomes a mask: gated is ReLU(R)*|A|, product R*A, relevance R, and gate the "
      + "relevance of all channels times each activation",
    standard: Mask.gated)

  static let sign = Parameter(
    "sign", "what happens to negative values of product, relevance and gate",
    standard: Sign.rectified)

  static let combination = Parameter(
    "combination",
    "what the scores weigh: the maps before they are masks, the masks, the activations, or "
      + "the maps times their own sum",
    standard: Combination.maps)

  static let entry = ExplanationMethod(
    id: "cf-cam", title: "CF-CAM",
    summary: "relevant places of each channel, weighted by what showing them gains over a blur",
    source: "after Sun, Shi and Wang 2023, coarse-to-fine CAM, doi 10.11999/JEIT220113",
    use:
      "At the last layer, where a map should rest on what the network does with the "
      + "places it shows. Runs the network once for each channel that is scored.",
    kind: .activationMap,
    parameters: [
      channelCount, groups, mask, sign, Parameter.fill, Parameter.blur, Parameter.score,
      Parameter.baseline, combination, Parameter.contrast, Parameter.composite, Parameter.bias,
    ],
    finishing: [.rectified(true)],
    advice: "made for the last layer; at earlier ones its coarse stage, relevance-map, is better",
    procedure: .masks(MaskScoring(channels: channels, recipe: recipe, combined: combined)))

  private static func channels(_ site: MethodSite, _ settings: Settings) -> MaskChannels {
    let relevance = site.relevance(settings)
    let groups = settings[groups]
    return MaskChannels(
      maps: quantity(site.activation, relevance, settings).grouped(groups),
      summed: settings[combination] == .activations ? site.activation.grouped(groups) : nil,
      ranking: relevance.grouped(groups).pooled)
  }

  /// What becomes a mask, `[samples, channels, positions…]`.
  private static func quantity(
    _ activation: Value, _ relevance: Value, _ settings: Settings
  ) -> Value {
    let product =
      switch settings[mask] {
      case .gated: relevance.positive * activation.absolute
      case .product: relevance * activation
      case .relevance: relevance
      case .gate: relevance.sum(over: .channels) * activation
      }
    return switch settings[sign] {
    case .rectified: product.positive
    case .signed: product
    case .magnitude: product.absolute
    }
  }

  private static func recipe(_ settings: Settings) -> MaskRecipe {
    let groupCount = settings[groups] == 0 ? .max : settings[groups]
    return MaskRecipe(
      fill: settings.inputFill, form: settings[.score],
      subtractsFill: settings[.baseline] == .fill,
      channelCount: min(settings[channelCount], groupCount))
  }

  private static func combined(_ channels: MaskCombination, _ settings: Settings) -> Value {
    let weighted = { (channels.weights * $0).sum(over: .channels) }
    return switch settings[combination] {
    case .maps, .activations: weighted(channels.summed)
    case .masks: weighted(channels.masks)
    case .coarseTimesFine: weighted(channels.summed) * channels.maps.sum(over: .channels)
    }
  }
}
