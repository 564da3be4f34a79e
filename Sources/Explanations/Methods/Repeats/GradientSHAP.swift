import Catalogs
import GraphIR
import Operations

/// The gradient at random points between the input and others that it is compared with, times the
/// difference: expected gradients.
///
/// `E[(x − x') ⊙ ∂y/∂x (x' + α (x − x'))]` over inputs `x'` of a background and `α` in 0…1, both drawn anew
/// each time; Erion et al. 2021 (arXiv 1906.10670), equation 3, and Lundberg and Lee 2017 (arXiv
/// 1705.07874) as the gradient explainer of shap and captum, which may add noise to `x` (`noise`). On
/// average the map adds up to the score less the mean score of the background; so it does of a single
/// baseline, of which this is integrated gradients at random points.
enum GradientSHAP {
  enum Draw: String, CaseIterable { case auto, samples, baseline }

  static let draw = Parameter(
    "draw",
    "what the input is compared with: inputs of a background (--background), each time another "
      + "one, or what baseline says every time; auto takes the inputs where baseline is auto and "
      + "some are known",
    standard: Draw.auto)

  static let samples = Parameter.sampleCount(50, "at how many random points the network runs")

  static let entry = ExplanationMethod(
    id: "gradient-shap", title: "Expected gradients",
    summary: "the gradient at random points between the input and others, times the difference",
    source:
      "Erion et al. 2021, arXiv 1906.10670, equation 3; Lundberg and Lee 2017, arXiv 1705.07874",
    use:
      "As integrated gradients where no single baseline is right: from all inputs of a background. Of one "
      + "baseline integrated-gradients is more exact. Also named expected-gradients; runs the network 50 "
      + "times for each input.",
    kind: .attribution,
    parameters: [
      Parameter.inputBaseline, draw, samples, Parameter.noise(0), Parameter.randomSeed,
    ],
    procedure: .repeats(
      Repetition(
        count: samples,
        changes: { settings in
          InputChanges(
            .draws(noise: settings[Parameter.noise(0)] / 100), count: settings[samples],
            seed: UInt64(settings[Parameter.randomSeed]))
        },
        terms: { site, _ in [RepeatedTerm(site.gradient * site.difference)] },
        map: { results, _ in results.terms[0].sum(over: .channels) })))
}

extension ChosenMethod {
  /// Whether the input is compared with one after the other of a background.
  func drawsSamples(_ background: Background) -> Bool {
    guard settings.contains(GradientSHAP.draw) else { return false }
    return switch settings[GradientSHAP.draw] {
    case .samples: true
    case .baseline: false
    case .auto: settings[Parameter.inputBaseline] == .auto && !background.samples.isEmpty
    }
  }

  /// Whether it may compare inputs with those of a background one after the other.
  package var mayDrawSamples: Bool { settings.contains(GradientSHAP.draw) }
}
