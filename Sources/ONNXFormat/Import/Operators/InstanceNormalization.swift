import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Normalization over the positions of every channel.
  static let instanceNormalization = ImportFamily(
    "InstanceNormalization",
    [
      ImportEntry("InstanceNormalization", "mean 0 and variance 1 over positions, then linear") {
        (site) throws(ONNXError) in
        let x = try site.value(0, minimumRank: 3)
        let epsilon = try site.attributes.float("epsilon", default: 1e-5)
        let (scale, shift) = (try site.value(1), try site.value(2))
        guard scale.shape == [x.shape[1]], shift.shape == [x.shape[1]] else {
          throw ONNXError(.malformedFile, "\(scale.shape), \(shift.shape) do not match \(x.shape)")
        }
        let axes = AxisSelection.positions.indices(rank: x.shape.rank)
        let normalized = x.normalized(over: axes, epsilon: epsilon).result
        let rank = x.shape.rank
        return [
          .computed(
            normalized * site.perChannel(scale, rank: rank) + site.perChannel(shift, rank: rank),
            .float32)
        ]
      }
    ])
}

extension Value {
  /// The value with mean 0 and variance 1 over axes; also the mean and the inverse deviation.
  func normalized(
    over axes: [Int], epsilon: Float
  ) -> (result: Value, mean: Value, inverseDeviation: Value) {
    let mean = mean(over: .axes(axes))
    let centered = self - mean
    let variance = (centered * centered).mean(over: .axes(axes))
    let inverseDeviation = (variance + epsilon).squareRoot.reciprocal
    return (centered * inverseDeviation, mean, inverseDeviation)
  }
}
