import Operations
import TensorCore

/// How a convolution or pooling slides, as its attributes say.
struct WindowAttributes {
  /// How padding is found.
  enum Padding: String {
    case explicit = "NOTSET"
    case sameUpper = "SAME_UPPER"
    case sameLower = "SAME_LOWER"
    case valid = "VALID"
  }

  let kernel: [Int]
  let strides: [Int]
  let dilations: [Int]
  let padding: Padding
  let before: [Int]
  let after: [Int]

  /// The largest setting that is accepted; keeps all arithmetic on settings in range.
  static let maximumSetting = 1 << 24

  /// Reads the attributes of a node whose input has `rank` spatial axes.
  ///
  /// - Throws: `ONNXError` when they do not fit the rank or are out of range.
  init(_ attributes: NodeAttributes, kernel: [Int], rank: Int) throws(ONNXError) {
    func list(_ name: String, _ count: Int, _ standard: Int) throws(ONNXError) -> [Int] {
      let values = try attributes.integers(name) ?? Array(repeating: standard, count: count)
      guard values.count == count else {
        throw ONNXError(
          .malformedFile, "\(name) \(values) should have \(count) entries")
      }
      return values
    }
    self.kernel = kernel
    strides = try list("strides", rank, 1)
    dilations = try list("dilations", rank, 1)
    let mode = try attributes.text("auto_pad", default: "NOTSET")
    guard let padding = Padding(rawValue: mode.isEmpty ? "NOTSET" : mode) else {
      throw ONNXError(.malformedFile, "auto_pad \"\(mode)\" is not known")
    }
    self.padding = padding
    let pads =
      try padding == .explicit ? list("pads", 2 * rank, 0) : Array(repeating: 0, count: 2 * rank)
    before = Array(pads[..<rank])
    after = Array(pads[rank...])
    let limit = Self.maximumSetting
    guard kernel.count == rank,
      (kernel + strides + dilations).allSatisfy({ (1...limit).contains($0) }),
      pads.allSatisfy({ (-limit...limit).contains($0) })
    else {
      throw ONNXError(
        .malformedFile,
        "kernel \(kernel), strides \(strides), dilations \(dilations) or pads \(pads) out of range")
    }
  }

  /// The number of spatial axes.
  var rank: Int { strides.count }

  /// What the kernel spans along an axis.
  func span(_ axis: Int) -> Int { (kernel[axis] - 1) * dilations[axis] + 1 }

  /// The kernel of a pooling operator.
  static func poolingKernel(_ attributes: NodeAttributes) throws(ONNXError) -> [Int] {
    guard let kernel = try attributes.integers("kernel_shape") else {
      throw ONNXError(.malformedFile, "kernel_shape is missing")
    }
    return kernel
  }

  /// The padding that makes the placements as many as strides fit in the input.
  private func samePadding(input: [Int]) -> (before: [Int], after: [Int]) {
    var (before, after) = (self.before, self.after)
    for axis in 0..<rank {
      let placements = (input[axis] + strides[axis] - 1) / strides[axis]
      let total = max(0, (placements - 1) * strides[axis] + span(axis) - input[axis])
      let half = total / 2
      before[axis] = padding == .sameUpper ? half : total - half
      after[axis] = total - before[axis]
    }
    return (before, after)
  }

  /// The padding for an input with given positions; never negative.
  func resolvedPadding(input: [Int]) throws(ONNXError) -> (before: [Int], after: [Int]) {
    guard (before + after).allSatisfy({ $0 >= 0 }) else {
      throw ONNXError(.outOfScope, "negative pads \(before), \(after)")
    }
    return padding == .sameUpper || padding == .sameLower
      ? samePadding(input: input) : (before, after)
  }

  /// The window over an input with given positions.
  ///
  /// With `roundsUp`, a last placement that sticks out at the end is kept: the padding after the
  /// input grows so that it fits.
  func window(input: [Int], roundsUp: Bool = false) throws(ONNXError) -> SlidingWindow {
    var (before, after) = try resolvedPadding(input: input)
    if roundsUp, padding == .explicit {
      for axis in 0..<rank {
        let padded = input[axis] + before[axis] + after[axis]
        guard padded >= span(axis) else { continue }
        var placements = (padded - span(axis) + strides[axis] - 1) / strides[axis] + 1
        // A placement that would start in the padding at the end is dropped.
        if (placements - 1) * strides[axis] >= input[axis] + before[axis] { placements -= 1 }
        after[axis] += max(0, (placements - 1) * strides[axis] + span(axis) - padded)
      }
    }
    return SlidingWindow(
      rank: rank, strides: strides, dilations: dilations, paddingBefore: before,
      paddingAfter: after)
  }
}
