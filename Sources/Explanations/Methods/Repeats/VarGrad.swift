import Catalogs
import GraphIR
import Operations

/// The variance of the gradient of the input with noise.
///
/// `1/n Σ (g_i − ḡ)²` with `g_i = ∂y/∂x (x + N(0, σ²))`, Adebayo et al. 2018 (arXiv 1810.03307), section 2.
enum VarGrad {
  static let entry = ExplanationMethod(
    id: "var-grad", title: "VarGrad",
    summary: "the variance of the gradient of the input with noise added",
    source: "Adebayo et al. 2018, arXiv 1810.03307, section 2",
    use:
      "To see where the gradient depends on small changes of the input: it is 0 where the score is linear, "
      + "however steep. Runs the network 25 times for each input.",
    kind: .attribution,
    parameters: [
      SmoothGrad.samples, Parameter.noise(15), Parameter.randomSeed, InputGradient.channels,
    ],
    procedure: .repeats(
      Repetition(
        count: SmoothGrad.samples, changes: { .noise($0, SmoothGrad.samples) },
        terms: { site, _ in [RepeatedTerm(site.gradient, .variance)] },
        map: { results, settings in InputGradient.joined(results.terms[0], settings) })))
}
