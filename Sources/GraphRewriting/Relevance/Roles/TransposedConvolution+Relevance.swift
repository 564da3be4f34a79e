import GraphIR
import Operations
import TensorCore

extension TransposedConvolution: RelevantOperation {
  func role(at site: RelevanceSite) -> RelevanceRole? {
    guard site.computed == [0] else { return nil }
    let map = LinearMap(
      .convolution, weights: site.inputs[1],
      forward: { x, weights, _ in
        x.transposedConvolved(with: weights, convolution, outputPositions: outputPositions)
      },
      adjoint: { $0.convolved(with: $1, convolution) })
    return .linear(map, input: 0)
  }
}
