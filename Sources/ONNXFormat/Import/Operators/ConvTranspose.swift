import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Transposed convolutions; ONNX stores their weights as the convolution's they are adjoint to.
  static let convTranspose = ImportFamily(
    "ConvTranspose",
    [ImportEntry("ConvTranspose", "a transposed convolution, then its bias", convTranspose)])

  private static func convTranspose(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.value(0, minimumRank: 3)
    let weights = try site.value(1, minimumRank: 3)
    let rank = input.shape.rank - 2
    let groups = try site.attributes.integer("group", default: 1)
    try site.requireGroups(groups, dividing: weights.shape[0])
    let attributes = try WindowAttributes(
      site.attributes, kernel: weights.shape.positions, rank: rank)
    let axes = try axes(site, attributes, input: input.shape.positions)
    let window = SlidingWindow(
      rank: rank, strides: attributes.strides, dilations: attributes.dilations,
      paddingBefore: axes.map { max(0, $0.before) }, paddingAfter: axes.map { max(0, $0.after) })
    var result = input.transposedConvolved(
      with: weights, Convolution(window: window, groups: groups),
      outputPositions: axes.map(\.reached))
    result = try site.checked(result)
    if axes.contains(where: { $0.extraBefore > 0 || $0.extraAfter > 0 }) {
      result = result.padded(
        before: [0, 0] + axes.map(\.extraBefore), after: [0, 0] + axes.map(\.extraAfter))
    }
    if let bias = site.optional(2) {
      guard bias.shape == [result.shape[1]] else {
        throw ONNXError(.malformedFile, "bias \(bias.shape) does not match \(result.shape)")
      }
      result = result + site.perChannel(site.pool.value(bias), rank: result.shape.rank)
    }
    return [.computed(result, .float32)]
  }

  private static func axes(
    _ site: ImportSite, _ attributes: WindowAttributes, input: [Int]
  ) throws(ONNXError) -> [TransposedAxis] {
    let rank = attributes.rank
    let extra =
      try site.attributes.integers("output_padding") ?? Array(repeating: 0, count: rank)
    let asked = try site.attributes.integers("output_shape").map { Array($0.suffix(rank)) }
    let limit = 0...WindowAttributes.maximumSetting
    guard extra.count == rank, asked.map({ $0.count == rank }) ?? true,
      (extra + (asked ?? [])).allSatisfy({ limit.contains($0) })
    else {
      throw ONNXError(.malformedFile, "output_padding or output_shape do not fit \(rank) axes")
    }
    return try (0..<rank).map { (axis) throws(ONNXError) in
      try TransposedAxis(
        attributes, axis, input: input[axis], extra: extra[axis], asked: asked?[axis])
    }
  }
}

/// One spatial axis of a transposed convolution.
private struct TransposedAxis {
  /// What is cut off before and after; negative where zeros are added.
  let before: Int
  let after: Int

  /// The extent that the core operation makes.
  let reached: Int

  /// The zeros around it.
  let extraBefore: Int
  let extraAfter: Int

  init(
    _ attributes: WindowAttributes, _ axis: Int, input: Int, extra: Int, asked: Int?
  ) throws(ONNXError) {
    let stride = attributes.strides[axis]
    let full = stride * (input - 1) + attributes.span(axis) + extra
    let isSame = attributes.padding == .sameUpper || attributes.padding == .sameLower
    if let wanted = asked ?? (isSame ? input * stride : nil) {
      let total = full - wanted
      let half = total / 2
      before = attributes.padding == .sameUpper ? half : total - half
      after = total - before
    } else {
      (before, after) = (attributes.before[axis], attributes.after[axis])
    }
    let target = full - before - after
    // The core operation reaches at most `stride − 1` positions beyond the last tap.
    let surplus = max(0, extra - (stride - 1))
    reached = full - surplus - max(0, before) - max(0, after)
    extraBefore = max(0, -before)
    extraAfter = target - reached - extraBefore
    guard input > 0, reached > 0, target > 0, extraAfter >= 0 else {
      throw ONNXError(.malformedFile, "spatial axis \(axis) would have \(target) positions")
    }
  }
}
