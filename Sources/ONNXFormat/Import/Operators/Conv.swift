import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Convolutions.
  static let conv = ImportFamily(
    "Conv", [ImportEntry("Conv", "a convolution with its bias", conv)])

  private static func conv(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let bias = site.optional(2).map(site.pool.value)
    return [
      .computed(try site.convolution(try site.value(0), try site.value(1), bias: bias), .float32)
    ]
  }
}

extension ImportSite {
  /// The convolution that the attributes of the node describe.
  ///
  /// - Throws: `ONNXError` when shapes and attributes do not fit together.
  func convolution(
    _ input: Value, _ weights: Value, bias: Value? = nil
  ) throws(ONNXError) -> Value {
    try require(input.shape, minimumRank: 3)
    try require(weights.shape, minimumRank: 3, "input 1")
    let rank = input.shape.rank - 2
    let kernel = weights.shape.positions
    if let declared = try attributes.integers("kernel_shape"), declared != kernel {
      throw ONNXError(
        .malformedFile, "kernel_shape \(declared) does not match weights \(weights.shape)")
    }
    let window = try WindowAttributes(attributes, kernel: kernel, rank: rank)
    let groups = try attributes.integer("group", default: 1)
    let convolution = Convolution(
      window: try window.window(input: input.shape.positions), groups: groups)
    try requireGroups(groups, dividing: weights.shape[0])
    return input.convolved(with: weights, bias: bias, convolution)
  }

  /// Throws unless a number of channels falls into groups.
  func requireGroups(_ groups: Int, dividing channels: Int) throws(ONNXError) {
    guard (1...(1 << 24)).contains(groups), channels % groups == 0 else {
      throw ONNXError(.malformedFile, "\(channels) channels do not fall into \(groups) groups")
    }
  }
}
