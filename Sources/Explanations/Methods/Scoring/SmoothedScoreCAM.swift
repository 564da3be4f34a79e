import Catalogs

/// SS-CAM: Score-CAM whose masks are seen through noise, many times.
///
/// `ReLU(Σ_k w_k A_k)`, `w = softmax_k(mean_i z(x ⊙ U(n(A_k) + ε_i)))`, `ε ~ N(0, σ²)`; Wang et al. 2020 (arXiv
/// 2006.14255), with noise on masks. Noise is added on the grid of the layer; where that is coarser
/// than the input, other libraries add it to every pixel, which hides the input rather than the mask.
enum SmoothedScoreCAM {
  static let samples = Parameter(
    "samples", "how many masks with noise each channel has", standard: 35, .whole(1...10_000))

  static let noise = Parameter(
    "noise", "standard deviation of the noise that is added to masks, which reach from 0 to 1",
    standard: 2.0, .number(0...100))

  static let entry = ExplanationMethod(
    id: "ss-cam", title: "SS-CAM",
    summary: "score-cam whose masks have noise on them; the mean over many",
    source: "Wang et al. 2020, SS-CAM, arXiv 2006.14255",
    use:
      "To compare with score-cam, of which it is a variant. Runs the network 35 times for each channel; "
      + "channels=64 takes the liveliest only.",
    kind: .activationMap,
    parameters: ScoreCAM.parameters(samples, noise, Parameter.randomSeed),
    finishing: [.rectified(true)],
    procedure: .masks(
      ScoreCAM.varied { settings in
        .noise(
          count: settings[samples], deviation: settings[noise], seed: settings[Parameter.randomSeed]
        )
      }))
}
