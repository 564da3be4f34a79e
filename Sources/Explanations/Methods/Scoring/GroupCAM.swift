import Catalogs
import GraphIR
import Operations

/// Group-CAM: groups of Grad-CAM's weighted channels, each weighted by what showing it gains.
///
/// `M_g = ReLU(Σ_{k ∈ g} mean(g_k) A_k)`, `Σ_g ReLU(p_c(blend_g) − p_c(blur)) · M_g`; Zhang et al.
/// 2021 (arXiv 2103.13859), groups of consecutive channels as in the released code.
enum GroupCAM {
  static let groups = Parameter(
    "groups", "how many groups of consecutive channels", standard: 32, .whole(1...1_000_000))

  static let entry = ExplanationMethod(
    id: "group-cam", title: "Group-CAM",
    summary: "groups of Grad-CAM's channels, weighted by what showing each gains over a blur",
    source: "Zhang et al. 2021, Group-CAM, arXiv 2103.13859",
    use:
      "As score-cam at a fraction of its cost: the network runs once for each of 32 "
      + "groups of channels.",
    kind: .activationMap,
    parameters: [groups, Parameter.fill, Parameter.blur, Parameter.score, Parameter.baseline],
    procedure: .masks(
      MaskScoring(
        channels: { site, settings in
          let weighted = site.gradient.mean(over: .positions) * site.activation
          let maps = weighted.grouped(settings[groups]).rectified
          return MaskChannels(maps: maps, ranking: maps.pooled)
        },
        recipe: { settings in
          MaskRecipe(
            fill: settings.inputFill, form: settings[.score],
            subtractsFill: settings[.baseline] == .fill, channelCount: settings[groups])
        },
        combined: { channels, _ in
          (channels.weights.positive * channels.maps).sum(over: .channels)
        })))
}
