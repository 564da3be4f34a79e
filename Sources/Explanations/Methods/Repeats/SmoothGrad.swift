import Catalogs
import GraphIR
import Operations

/// The mean gradient of the input with noise.
///
/// `1/n Σ ∂y/∂x (x + N(0, σ²))`, Smilkov et al. 2017 (arXiv 1706.03825), section 2.1, with n = 25 and σ
/// of 15 % of the range of the input's numbers, of the 10 to 20 % that they recommend.
enum SmoothGrad {
  static let samples = Parameter.sampleCount(25, "how many times noise is added")

  static let entry = ExplanationMethod(
    id: "smooth-grad", title: "SmoothGrad",
    summary: "the mean gradient of the input with noise added",
    source: "Smilkov et al. 2017, arXiv 1706.03825, section 2.1",
    use:
      "For a gradient that does not jump from one value of the input to the next. Runs the network 25 times "
      + "for each input; with square-grad and var-grad of the same noise no more often.",
    kind: .attribution,
    parameters: [samples, Parameter.noise(15), Parameter.randomSeed, InputGradient.channels],
    procedure: .repeats(
      Repetition(
        count: samples, changes: { .noise($0, samples) },
        terms: { site, _ in [RepeatedTerm(site.gradient)] },
        map: { results, settings in InputGradient.joined(results.terms[0], settings) })))
}
