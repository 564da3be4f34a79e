import Operations
import TensorCore

extension ImportFamily {
  /// Additions around axes; negative amounts take away.
  static let pad = ImportFamily(
    "Pad",
    [ImportEntry("Pad", "a pad with a number, or a gather that reflects, repeats or wraps", pad)])

  private static func pad(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    var input = try site.input(0)
    let rank = input.shape.rank
    let mode = try site.attributes.text("mode", default: "constant")
    let (before, after) = try amounts(site, rank: rank)
    if mode != "constant" {
      for axis in 0..<rank where before[axis] != 0 || after[axis] != 0 {
        let indices = try indices(
          mode, extent: input.shape[axis], before: before[axis], after: after[axis])
        input = try site.gathered(input, axis, indices)
      }
      return [input]
    }
    if (before + after).contains(where: { $0 < 0 }) {
      let starts = before.map { max(0, -$0) }
      let counts = (0..<rank).map { axis in
        input.shape[axis] - starts[axis] - max(0, -after[axis])
      }
      guard counts.allSatisfy({ $0 >= 0 }) else {
        throw ONNXError(.malformedFile, "\(before) and \(after) take away more than there is")
      }
      input = try site.sliced(input, starts: starts, counts: counts)
    }
    let given = try site.number(2, "the number to pad with") ?? 0
    let filler = try site.attributes.float("value").map { Double($0) } ?? given
    let padded = try site.padded(
      input, before: before.map { max(0, $0) }, after: after.map { max(0, $0) },
      number: Float(filler))
    return [padded]
  }

  private static func amounts(
    _ site: ImportSite, rank: Int
  ) throws(ONNXError) -> ([Int], [Int]) {
    guard let pads = try site.integers(attribute: "pads", orInput: 1) else {
      throw ONNXError(.malformedFile, "the pads are missing")
    }
    let given = try site.integers(3, "the axes") ?? Array(0..<rank)
    guard pads.count == 2 * given.count, pads.allSatisfy({ abs($0) <= 1 << 30 }) else {
      throw ONNXError(.malformedFile, "two reasonable pads per axis are needed, got \(pads)")
    }
    _ = try site.axes(given, rank: rank)
    var before = [Int](repeating: 0, count: rank)
    var after = before
    for (index, item) in given.enumerated() {
      let axis = try site.axis(item, rank: rank)
      (before[axis], after[axis]) = (pads[index], pads[index + given.count])
    }
    return (before, after)
  }

  private static func indices(
    _ mode: String, extent: Int, before: Int, after: Int
  ) throws(ONNXError) -> [Int] {
    guard extent > 0, -before < extent + after,
      extent + before + after <= HostTensor.maximumFoldedCount
    else {
      throw ONNXError(
        .malformedFile, "an axis of \(extent) cannot be padded by \(before), \(after)")
    }
    let period = max(1, 2 * (extent - 1))
    return try (-before..<(extent + after)).map { (place) throws(ONNXError) in
      switch mode {
      case "edge": return min(max(place, 0), extent - 1)
      case "wrap": return ((place % extent) + extent) % extent
      case "reflect":
        let folded = abs(place) % period
        return folded < extent ? folded : period - folded
      default: throw ONNXError(.outOfScope, "padding mode \"\(mode)\" is not supported")
      }
    }
  }
}

extension ImportSite {
  /// The value with a number added around it.
  func padded(
    _ input: ImportedValue, before: [Int], after: [Int], number: Float
  ) throws(ONNXError) -> ImportedValue {
    if !(before + after).contains(where: { $0 != 0 }) { return input }
    guard let tensor = input.foldable, !input.type.isFloatingPoint else {
      let value = pool.value(input).padded(before: before, after: after, number: number)
      return .computed(try checked(value), input.type)
    }
    var result = tensor
    for axis in before.indices {
      for (amount, isBefore) in [(before[axis], true), (after[axis], false)] where amount > 0 {
        let edge = try shape(result.shape.replacing(axis, with: amount).extents)
        guard edge.elementCount <= HostTensor.maximumFoldedCount else {
          throw ONNXError(.outOfScope, "padding \(input.shape) by \(amount) is too large to fold")
        }
        let filler = HostTensor(
          shape: edge, type: input.type,
          doubles: Array(repeating: Double(number), count: edge.elementCount))
        result = .concatenated(isBefore ? [filler, result] : [result, filler], axis: axis)
      }
    }
    return .known(result)
  }
}
