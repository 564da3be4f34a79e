import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Batch normalization with the statistics of training.
  static let batchNormalization = ImportFamily(
    "BatchNormalization",
    [ImportEntry("BatchNormalization", "one scale and one shift per channel", batchNormalization)])

  private static func batchNormalization(
    _ site: ImportSite
  ) throws(ONNXError) -> [ImportedValue] {
    let attributes = site.attributes
    let isForTest = try attributes.flag("is_test", default: site.opset >= 7)
    let isTraining = try attributes.flag("training_mode", default: false) || !isForTest
    guard try attributes.flag("spatial", default: true) else {
      throw ONNXError(.outOfScope, "statistics per position (spatial = 0)")
    }
    try site.requireOnlyOutput("an output that only training needs")
    let x = try site.value(0, minimumRank: 2)
    let epsilon = try attributes.float("epsilon", default: 1e-5)
    var parameters = try (1...4).map { (index) throws(ONNXError) in try site.input(index) }
    for parameter in parameters where parameter.shape != [x.shape[1]] {
      throw ONNXError(
        .malformedFile, "parameters \(parameter.shape) do not match the channels of \(x.shape)")
    }
    if isTraining {
      guard let numbers = try site.input(0).known else {
        throw ONNXError(
          .outOfScope,
          "training mode, which makes each score depend on the other samples; export the model for "
            + "inference")
      }
      parameters.replaceSubrange(2..<4, with: numbers.channelMoments)
    }
    let (scale, shift) = linear(parameters, epsilon: epsilon, site)
    let rank = x.shape.rank
    return [
      .computed(
        x * site.perChannel(scale, rank: rank) + site.perChannel(shift, rank: rank), .float32)
    ]
  }

  /// The scale and the shift, in double precision when the statistics are known.
  private static func linear(
    _ parameters: [ImportedValue], epsilon: Float, _ site: ImportSite
  ) -> (Value, Value) {
    let known = parameters.compactMap { $0.known?.doubles }
    guard known.count == 4 else {
      let values = parameters.map(site.pool.value)
      let scale = values[0] / (values[3] + epsilon).squareRoot
      return (scale, values[1] - values[2] * scale)
    }
    let scale = zip(known[0], known[3]).map { $0 / ($1 + Double(epsilon)).squareRoot() }
    let shift = scale.indices.map { known[1][$0] - known[2][$0] * scale[$0] }
    let constants = [scale, shift].map { numbers in
      site.builder.constant(Tensor(shape: [numbers.count], elements: numbers.map { Float($0) }))
    }
    return (constants[0], constants[1])
  }
}

extension HostTensor {
  /// Mean and variance of every channel, over samples and positions.
  fileprivate var channelMoments: [ImportedValue] {
    let (channels, positions) = (shape[1], Shape(shape.positions).elementCount)
    let numbers = doubles
    let count = Double(max(shape[0] * positions, 1))
    func mean(_ channel: Int, _ term: (Double) -> Double) -> Double {
      var sum = 0.0
      for sample in 0..<shape[0] {
        let start = (sample * channels + channel) * positions
        for place in start..<start + positions { sum += term(numbers[place]) }
      }
      return sum / count
    }
    let means = (0..<channels).map { mean($0) { $0 } }
    let variances = (0..<channels).map { channel in
      mean(channel) { ($0 - means[channel]) * ($0 - means[channel]) }
    }
    return [means, variances].map {
      .known(HostTensor(shape: [channels], type: .float32, doubles: $0))
    }
  }
}
