import GraphIR
import Operations
import TensorCore

extension AveragePooling: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? { .linear(map(at: site), input: 0) }

  fileprivate func map(at site: RelevanceSite) -> LinearMap {
    let gradient = AveragePoolingGradient(
      pooling, outputPositions: site.inputs[0].shape.positions)
    return LinearMap(
      .averaging, weights: site.output.builder.constant(1),
      forward: { x, weights, _ in x.builder.apply(self, [x]) * weights },
      adjoint: { s, weights in s.builder.apply(gradient, [s]) * weights })
  }
}

extension MaxPooling: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? {
    .winner(sums: AveragePooling(pooling).map(at: site))
  }
}
