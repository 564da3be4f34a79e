import GraphIR
import Operations
import TensorCore

extension Reduction: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? {
    switch function {
    case .sum: return .linear(sumMap(site), input: 0)
    case .maximum: return .winner(sums: sumMap(site))
    case .minimum: return .winner()
    case .product: return nil
    }
  }

  private func sumMap(_ site: RelevanceSite) -> LinearMap {
    let shape = site.inputs[0].shape
    return LinearMap(
      .averaging, weights: site.output.builder.constant(1),
      forward: { x, weights, _ in x.reduced(.sum, over: axes) * weights },
      adjoint: { s, weights in (s * weights).broadcast(to: shape) })
  }
}
