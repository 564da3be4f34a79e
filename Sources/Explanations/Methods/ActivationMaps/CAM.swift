import GraphIR
import GraphRewriting
import Operations

/// CAM: channels weighted by the linear layer behind a mean over positions.
///
/// `Σ_k w_ck A_k`, signed and not normalized, Zhou et al. 2016 (arXiv 1512.04150), equation 2; its mean
/// over positions is the score without its bias. Other heads are refused, because there the weights
/// would depend on the input.
enum CAM {
  static let entry = ExplanationMethod(
    id: "cam", title: "CAM",
    summary: "channels weighted by the linear layer behind a global average pooling; signed",
    source: "Zhou et al. 2016, arXiv 1512.04150, equation 2",
    use:
      "For networks that end in a global average pooling and one linear layer: exact "
      + "there, needs no gradient, and shows what speaks against the class. Other networks "
      + "are refused.",
    kind: .activationMap, startsAtRawScores: true,
    procedure: .weights { site, _ in
      let builder = site.activation.builder
      let head = PooledLinearHead(builder.graph, scores: site.scores.id)
      if let obstacle = head.obstacle(from: site.place.id, positions: site.layout.positionAxes) {
        builder.fail(GraphError(.unsuitableStructure, refusal(obstacle, at: site, head)))
        return site.gradient.sum(over: .positions)
      }
      do throws(GraphError) {
        let seed = Seed(site.scores, weights: site.weights)
        let gradient = try builder.gradients(of: [seed], withRespectTo: [site.place])
          .map(site.layout.canonical)[0]
        // The gradient is w_ck / P at each of the P positions.
        return gradient.sum(over: .positions)
      } catch {
        builder.fail(error)
        return site.gradient.sum(over: .positions)
      }
    })

  private static func refusal(
    _ obstacle: String, at site: MethodSite, _ head: PooledLinearHead
  ) -> String {
    let input = AxisLayout(canonical: site.input.shape)
    let advice =
      head.lastSuitableLayer(of: site.input.id, input).map { "layer \($0) would do" }
      ?? "this network has no such layer; grad-cam takes any head"
    return
      "cam needs a global average pooling and linear layers, and nothing else, between the layer and "
      + "the scores; behind \(site.place.node.name ?? "this layer") stands \(obstacle); \(advice)"
  }
}
