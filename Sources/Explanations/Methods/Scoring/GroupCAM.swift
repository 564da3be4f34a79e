import GraphIR
import Operations

/// Group-CAM: groups of Grad-CAM's weighted channels, each weighted by what showing it gains.
///
/// `M_g = ReLU(Σ_{k ∈ g} mean(g_k) A_k)`, `Σ_g ReLU(p_c(blend_g) − p_c(blur)) · M_g`; Zhang et al.
/// 2021 (arXiv 2103.13859), groups of consecutive channels as in the released code.
enum GroupCAM {
  static let entry = ExplanationMethod(
    id: "group-cam", title: "Group-CAM",
    summary: "groups of Grad-CAM's channels, weighted by what showing each gains over a blur",
    source: "Zhang et al. 2021, Group-CAM, arXiv 2103.13859",
    kind: .activationMap,
    parameters: [
      MethodParameter(
        "groups", "how many groups of consecutive channels", standard: "32",
        .count(1...1_000_000)),
      .fill(default: "blur"), .blur, .score, .baseline(default: "fill"),
    ],
    scoring: MaskScoring(
      channels: { site, settings in
        let weighted = site.gradient.mean(over: .positions) * site.activation
        let maps = weighted.grouped(settings.count("groups")).rectified
        return MaskChannels(maps: maps, ranking: maps.pooled)
      },
      recipe: { settings in
        MaskRecipe(
          fill: settings.fill, form: settings.scoreForm,
          subtractsFill: settings["baseline"] == "fill")
      },
      combined: { channels, _ in
        (channels.weights.positive * channels.maps).sum(over: .channels)
      }))
}
