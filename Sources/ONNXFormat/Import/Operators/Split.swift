import TensorCore

extension ImportFamily {
  /// Slices side by side.
  static let split = ImportFamily(
    "Split", [ImportEntry("Split", "slices along one axis", split)])

  private static func split(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.input(0)
    let given = try site.attributes.integer("axis", default: 0)
    let axis = try site.axis(given, rank: input.shape.rank)
    let extent = input.shape[axis]
    let counts =
      try site.integers(attribute: "split", orInput: 1)
      ?? equalParts(of: extent, count: site.isOutputUsed.count)
    guard counts.count == site.isOutputUsed.count,
      counts.allSatisfy({ (0...extent).contains($0) }), counts.reduce(0, +) == extent
    else {
      throw ONNXError(
        .malformedFile,
        "parts of \(counts) do not make \(site.isOutputUsed.count) outputs from \(extent)")
    }
    var parts: [ImportedValue] = []
    var starts = [Int](repeating: 0, count: input.shape.rank)
    for count in counts {
      let shape = input.shape.replacing(axis, with: count)
      parts.append(try site.sliced(input, starts: starts, counts: shape.extents))
      starts[axis] += count
    }
    return parts
  }

  /// Equal parts; the last is smaller when the extent does not divide.
  private static func equalParts(of extent: Int, count: Int) -> [Int] {
    let size = (extent + max(count, 1) - 1) / max(count, 1)
    return (0..<count).map { max(0, min(size, extent - $0 * size)) }
  }
}
