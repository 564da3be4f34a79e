import Vitrine

/// Grad-CAM that hears only what raises the score.
let positiveCAM = ExplanationMethod(
  id: "positive-cam", title: "Positive-CAM",
  summary: "channels weighted by the mean of their positive gradients, summed and rectified",
  source: "Examples/OwnMethod", kind: .activationMap, finishing: [.rectified(true)],
  procedure: .graph { site, _ in
    let weights = site.gradient.positive.mean(over: .positions)
    return (weights * site.activation).sum(over: .channels)
  })
