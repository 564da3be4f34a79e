import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Convolutions.
  static let conv = ImportFamily(
    "Conv", [ImportEntry("Conv", "a convolution with its bias", conv)])

  private static func conv(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.value(0, minimumRank: 3)
    let weights = try site.value(1, minimumRank: 3)
    let rank = input.shape.rank - 2
    let kernel = weights.shape.positions
    if let declared = try site.attributes.integers("kernel_shape"), declared != kernel {
      throw ONNXError(
        .malformedFile, "kernel_shape \(declared) does not match weights \(weights.shape)")
    }
    let attributes = try WindowAttributes(site.attributes, kernel: kernel, rank: rank)
    let groups = try site.attributes.integer("group", default: 1)
    let convolution = Convolution(
      window: try attributes.window(input: input.shape.positions), groups: groups)
    try site.requireGroups(groups, dividing: weights.shape[0])
    let bias = site.optional(2).map(site.pool.value)
    return [.computed(input.convolved(with: weights, bias: bias, convolution), .float32)]
  }
}

extension ImportSite {
  /// Throws unless a number of channels falls into groups.
  func requireGroups(_ groups: Int, dividing channels: Int) throws(ONNXError) {
    guard (1...(1 << 24)).contains(groups), channels % groups == 0 else {
      throw ONNXError(.malformedFile, "\(channels) channels do not fall into \(groups) groups")
    }
  }
}
