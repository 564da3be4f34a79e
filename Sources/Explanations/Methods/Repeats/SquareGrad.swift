import Catalogs
import GraphIR
import Operations

/// The mean squared gradient of the input with noise.
///
/// `1/n Σ (∂y/∂x (x + N(0, σ²)))²`, the square of SmoothGrad in Hooker et al. 2019 (arXiv 1806.10758),
/// section 3; the form that other libraries give for SmoothGrad by default.
enum SquareGrad {
  static let entry = ExplanationMethod(
    id: "square-grad", title: "SquareGrad",
    summary: "the mean squared gradient of the input with noise added",
    source: "Hooker et al. 2019, arXiv 1806.10758, section 3",
    use:
      "To see where the score reacts at all: without a sign, and sparser than smooth-grad. Runs the network "
      + "25 times for each input.",
    kind: .attribution,
    parameters: [
      SmoothGrad.samples, Parameter.noise(15), Parameter.randomSeed, InputGradient.channels,
    ],
    procedure: .repeats(
      Repetition(
        count: SmoothGrad.samples, changes: { .noise($0, SmoothGrad.samples) },
        terms: { site, _ in [RepeatedTerm(site.gradient * site.gradient)] },
        map: { results, settings in InputGradient.joined(results.terms[0], settings) })))
}
