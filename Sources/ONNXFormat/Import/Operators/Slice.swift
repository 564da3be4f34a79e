import TensorCore

extension ImportFamily {
  /// Parts of axes, with steps that may be negative.
  static let slice = ImportFamily(
    "Slice", [ImportEntry("Slice", "a slice, or a gather where a step is negative", slice)])

  private static func slice(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    var input = try site.input(0)
    guard let starts = try site.integers(attribute: "starts", orInput: 1),
      let ends = try site.integers(attribute: "ends", orInput: 2)
    else { throw ONNXError(.malformedFile, "starts or ends are missing") }
    let given = try site.integers(attribute: "axes", orInput: 3) ?? Array(starts.indices)
    let steps = try site.integers(4, "steps") ?? Array(repeating: 1, count: starts.count)
    guard [ends.count, given.count, steps.count].allSatisfy({ $0 == starts.count }),
      !steps.contains(0)
    else {
      throw ONNXError(.malformedFile, "starts, ends, axes and steps do not match")
    }
    // Twice the same axis is an error; the order does not matter.
    _ = try site.axes(given, rank: input.shape.rank)
    var firsts = [Int](repeating: 0, count: input.shape.rank)
    var counts = input.shape.extents
    var forward = [Int](repeating: 1, count: input.shape.rank)
    for index in starts.indices {
      let axis = try site.axis(given[index], rank: input.shape.rank)
      let extent = input.shape[axis]
      let part = AxisPart(
        start: starts[index], end: ends[index], step: steps[index], extent: extent)
      if steps[index] < 0 {
        guard part.count <= HostTensor.maximumFoldedCount else {
          throw ONNXError(.outOfScope, "a reversed axis of \(part.count) elements is too long")
        }
        input = try site.gathered(input, axis, part.indices)
        counts[axis] = part.count
      } else {
        (firsts[axis], counts[axis], forward[axis]) = (part.start, part.count, part.step)
      }
    }
    return [try site.sliced(input, starts: firsts, counts: counts, steps: forward)]
  }
}

/// The part of an axis that a slice takes, with its bounds clamped as ONNX says.
private struct AxisPart {
  let start: Int
  let step: Int
  let count: Int

  init(start: Int, end: Int, step: Int, extent: Int) {
    let first = start < 0 ? start + extent : start
    let last = end < 0 ? end + extent : end
    self.step = step
    if extent == 0 {
      (self.start, count) = (0, 0)
    } else if step > 0 {
      let (low, high) = (min(max(first, 0), extent), min(max(last, 0), extent))
      count = max(0, (high - low + step - 1) / step)
      self.start = count == 0 ? 0 : low
    } else {
      let (high, low) = (min(max(first, -1), extent - 1), min(max(last, -1), extent - 1))
      count = max(0, (high - low - step - 1) / -step)
      self.start = high
    }
  }

  var indices: [Int] { (0..<count).map { start + $0 * step } }
}
