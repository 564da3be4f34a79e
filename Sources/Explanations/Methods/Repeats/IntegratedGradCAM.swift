import Catalogs
import GraphIR
import Operations

/// Grad-CAM of what the activation gains along the straight way from a baseline to the input.
///
/// `1/T Σ_t ReLU(Σ_k (mean_i ∂y/∂A_k(i))(x_t) · (A_k(x_t) − A_k(x_0)))` with `x_t = x_0 + t/T (x − x_0)`,
/// `t = 1…T`; Sattarzadeh et al. 2021 (arXiv 2102.07805), equations 5 and 6, which rectify inside of
/// the sum.
enum IntegratedGradCAM {
  static let steps = Parameter(
    "steps", "into how many steps the way is divided", standard: 32, .whole(1...1024))

  static let entry = ExplanationMethod(
    id: "integrated-grad-cam", title: "Integrated Grad-CAM",
    summary: "Grad-CAM of what a layer gains along the way from a baseline to the input",
    source: "Sattarzadeh et al. 2021, arXiv 2102.07805, equations 5 and 6",
    use:
      "Where grad-cam misses what the score no longer reacts to, as it is saturated. Runs the network 32 "
      + "times for each input.",
    kind: .activationMap,
    parameters: [Parameter.inputBaseline.with(standard: .black), steps],
    procedure: .repeats(
      Repetition(
        count: steps, changes: { InputChanges(.path, count: $0[steps]) },
        kept: { site, settings in [site.activation(for: site.baseline(settings))] },
        terms: { site, _ in
          let weights = site.gradient.mean(over: .positions)
          let gain = site.activation - site.kept(0)
          return [RepeatedTerm((weights * gain).sum(over: .channels).rectified)]
        },
        map: { results, _ in results.terms[0] })))
}
