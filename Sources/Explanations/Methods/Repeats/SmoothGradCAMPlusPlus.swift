import Catalogs
import GraphIR
import Operations

/// Grad-CAM++ with gradients, their squares and cubes in the mean over the input with noise.
///
/// `ReLU(Σ_k w_k A_k)` with `w_k = Σ_i α_k(i) ReLU(ḡ_k(i))` and
/// `α_k(i) = ḡ²_k(i) / (2 ḡ²_k(i) + ḡ³_k(i) Σ_j A_k(j))`, where `ḡ`, `ḡ²`, `ḡ³` are the means of `g`, `g²`
/// and `g³` and `A` is the activation of the input without noise; Omeiza et al. 2019 (arXiv 1908.01224),
/// of which there is no official code. The numerator is the mean square: the mean gradient that is
/// printed there leaves `α` without a meaning. `form=torch-cam` gives the weights of torch-cam 0.5.0:
/// `Σ_j ḡ³_k(j) A_k(j)` in the denominator, 1e-8 added to it, and the rectified gradient of the last noisy
/// input in place of the mean; they weigh the activation of the input here as well, where that library
/// takes the one of its last noisy input.
enum SmoothGradCAMPlusPlus {
  enum Form: String, CaseIterable {
    case mean
    case torchCAM = "torch-cam"
  }

  static let samples = Parameter.sampleCount(8, "how many times noise is added")

  static let form = Parameter(
    "form",
    "how weights are made: of means over all noisy inputs, or as torch-cam makes them, with the "
      + "gradient of the last one",
    standard: Form.mean)

  static let entry = ExplanationMethod(
    id: "smooth-grad-cam-pp", title: "Smooth Grad-CAM++",
    summary: "Grad-CAM++ with gradients and their powers in the mean over noisy inputs",
    source: "Omeiza et al. 2019, arXiv 1908.01224; torch-cam, SmoothGradCAMpp",
    use:
      "As grad-cam-pp, with weights that depend less on one input's own noise. Where gradients are negative "
      + "its weights have poles, too. Runs the network 8 times for each input.",
    kind: .activationMap,
    parameters: [samples, Parameter.noise(15), Parameter.randomSeed, form],
    finishing: [.rectified(true)],
    procedure: .repeats(
      Repetition(
        count: samples, changes: { .noise($0, samples) },
        terms: { site, settings in
          let (gradient, square) = (site.gradient, site.gradient * site.gradient)
          return [
            RepeatedTerm(gradient, settings[form] == .torchCAM ? .last : .mean),
            RepeatedTerm(square), RepeatedTerm(square * gradient),
          ]
        },
        weights: weights)))

  /// The weights of the channels, of the means of gradients, squares and cubes.
  @Sendable
  private static func weights(_ results: RepeatedResults, _ settings: Settings) -> Value {
    let (gradient, square, cube) = (results.terms[0], results.terms[1], results.terms[2])
    let activation = results.kept[0]
    let alpha: Value
    switch settings[form] {
    case .mean:
      alpha = square / (2 * square + cube * activation.sum(over: .positions)).orOne
    case .torchCAM:
      alpha = square / (2 * square + (cube * activation).sum(over: .positions) + 1e-8)
    }
    return (alpha * gradient.positive).sum(over: .positions)
  }
}
