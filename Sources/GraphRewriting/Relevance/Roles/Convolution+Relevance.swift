import GraphIR
import Operations
import TensorCore

extension Convolution: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? {
    guard site.computed == [0] else { return nil }
    let positions = site.inputs[0].shape.positions
    let map = LinearMap(
      .convolution, weights: site.inputs[1], bias: site.inputs.dropFirst(2).first,
      forward: { $0.convolved(with: $1, bias: $2, self) },
      adjoint: { $0.transposedConvolved(with: $1, self, outputPositions: positions) })
    return .linear(map, input: 0)
  }
}
