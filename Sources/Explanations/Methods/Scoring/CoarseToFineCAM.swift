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
  static let entry = ExplanationMethod(
    id: "cf-cam", title: "CF-CAM",
    summary: "relevant places of each channel, weighted by what showing them gains over a blur",
    source: "after Sun, Shi and Wang 2023, coarse-to-fine CAM, doi 10.11999/JEIT220113",
    kind: .activationMap,
    parameters: [
      .channels(default: 32, rankedBy: "relevance"),
      MethodParameter(
        "groups", "how many groups of consecutive channels are shown together; 0 for none",
        standard: "0", .count(0...1_000_000)),
      MethodParameter(
        "mask",
        "what becomes a mask: gated is ReLU(R)*|A|, product R*A, relevance R, and gate the "
          + "relevance of all channels times each activation",
        values: ["gated", "product", "relevance", "gate"]),
      MethodParameter(
        "sign", "what happens to negative values of product, relevance and gate",
        values: ["rectified", "signed", "magnitude"]),
      .fill(default: "blur"), .blur, .score, .baseline(default: "fill"),
      MethodParameter(
        "combination",
        "what the scores weigh: the maps before they are masks, the masks, the activations, or "
          + "the maps times their own sum",
        values: ["maps", "masks", "activations", "coarse-times-fine"]),
      .contrast(default: "balanced"), .composite(default: "z-plus"), .bias,
      .rectified(default: true),
    ],
    advice: "made for the last layer; at earlier ones its coarse stage, relevance-map, is better",
    scoring: MaskScoring(
      channels: { site, settings in
        let relevance = site.relevance(settings)
        let groups = settings.count("groups")
        return MaskChannels(
          maps: quantity(site.activation, relevance, settings).grouped(groups),
          summed: settings["combination"] == "activations"
            ? site.activation.grouped(groups) : nil,
          ranking: relevance.grouped(groups).pooled)
      },
      recipe: { settings in
        MaskRecipe(
          fill: settings.fill, form: settings.scoreForm,
          subtractsFill: settings["baseline"] == "fill", channelCount: settings.channelCount)
      },
      combined: { channels, settings in
        let summed = settings["combination"] == "masks" ? channels.masks : channels.summed
        let fine = (channels.weights * summed).sum(over: .channels)
        let map =
          settings["combination"] == "coarse-times-fine"
          ? fine * channels.maps.sum(over: .channels) : fine
        return settings.isTrue("rectified") ? map.rectified : map
      }))

  /// What becomes a mask, `[samples, channels, positions…]`.
  private static func quantity(
    _ activation: Value, _ relevance: Value, _ settings: MethodSettings
  ) -> Value {
    let product =
      switch settings["mask"] {
      case "product": relevance * activation
      case "relevance": relevance
      case "gate": relevance.sum(over: .channels) * activation
      default: relevance.positive * activation.absolute
      }
    return switch settings["sign"] {
    case "signed": product
    case "magnitude": product.absolute
    default: product.positive
    }
  }
}
