import Catalogs

/// IS-CAM: Score-CAM whose masks grow from nothing in steps.
///
/// `ReLU(Σ_k w_k A_k)`, `w = softmax_k(1/N Σ_{i=1…N} z(x ⊙ i/N · U(n(A_k))))`; Naidu et al. 2020 (arXiv
/// 2010.03023). Other libraries add the shares up, so that the last masks are larger than the
/// input (`path=sums`): `1/N`, `3/N`, `6/N`….
enum IntegratedScoreCAM {
  enum Path: String, CaseIterable { case shares, sums }

  static let steps = Parameter(
    "steps", "in how many steps masks grow", standard: 10, .whole(1...10_000))

  static let path = Parameter(
    "path", "what masks are multiplied by: i/N, or the sums of these", standard: Path.shares)

  static let entry = ExplanationMethod(
    id: "is-cam", title: "IS-CAM",
    summary: "score-cam whose masks grow from nothing in steps; the mean over them",
    source: "Naidu et al. 2020, IS-CAM, arXiv 2010.03023",
    use:
      "To compare with score-cam, of which it is a variant. Runs the network 10 times for each channel; "
      + "channels=64 takes the liveliest only.",
    kind: .activationMap,
    parameters: ScoreCAM.parameters(steps, path),
    finishing: [.rectified(true)],
    procedure: .masks(
      ScoreCAM.varied { settings in
        let count = settings[steps]
        return .multiples(
          (1...count).map { step in
            let number = settings[path] == .shares ? step : step * (step + 1) / 2
            return Float(number) / Float(count)
          })
      }))
}
