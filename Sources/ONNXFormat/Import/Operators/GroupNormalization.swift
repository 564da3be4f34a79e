import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Normalization over groups of channels and all positions.
  static let groupNormalization = ImportFamily(
    "GroupNormalization",
    [
      ImportEntry(
        "GroupNormalization", "mean 0 and variance 1 over each group of channels, then linear",
        groupNormalization)
    ])

  private static func groupNormalization(
    _ site: ImportSite
  ) throws(ONNXError) -> [ImportedValue] {
    let x = try site.value(0, minimumRank: 2)
    let groups = try site.attributes.integer("num_groups", default: 0)
    let (n, c, rank) = (x.shape[0], x.shape[1], x.shape.rank)
    try site.requireGroups(groups, dividing: c)
    let epsilon = try site.attributes.float("epsilon", default: 1e-5)
    let size = c / groups * Shape(x.shape.positions).elementCount
    let normalized = x.reshaped(to: [n, groups, size]).normalized(over: [2], epsilon: epsilon)
    let back = normalized.result.reshaped(to: x.shape)
    let linear = try (1...2).map { (index) throws(ONNXError) in
      var parameter = try site.input(index)
      // Before operator set 21 there was one parameter per group.
      if parameter.shape == [groups], groups != c {
        parameter = try site.broadcast(
          try site.reshaped(parameter, to: [groups, 1]), to: [groups, c / groups])
      }
      guard parameter.shape.elementCount == c else {
        throw ONNXError(.malformedFile, "parameters \(parameter.shape) do not match \(x.shape)")
      }
      return site.perChannel(site.pool.value(parameter), rank: rank)
    }
    return [.computed(back * linear[0] + linear[1], .float32)]
  }
}
