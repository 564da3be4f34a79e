import GraphIR
import Operations
import TensorCore

extension AveragePooling: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? {
    let gradient = AveragePoolingGradient(
      pooling, outputPositions: site.inputs[0].shape.positions)
    let map = LinearMap(
      .averaging, weights: site.output.builder.constant(1),
      forward: { x, weights, _ in x.builder.apply(self, [x]) * weights },
      adjoint: { s, weights in s.builder.apply(gradient, [s]) * weights })
    return .linear(map, input: 0)
  }
}

extension MaxPooling: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? { .winner }
}
