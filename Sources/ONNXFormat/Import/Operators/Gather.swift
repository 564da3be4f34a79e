import TensorCore

extension ImportFamily {
  /// Elements by known indices.
  static let gather = ImportFamily(
    "Gather", [ImportEntry("Gather", "elements with known indices along one axis", gather)])

  private static func gather(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.input(0)
    guard let indices = try site.known(1, "the indices") else {
      throw ONNXError(.malformedFile, "the indices are missing")
    }
    let given = try site.attributes.integer("axis", default: 0)
    let axis = try site.axis(given, rank: input.shape.rank)
    let extent = input.shape[axis]
    let resolved = indices.integers.map { $0 < 0 ? $0 + extent : $0 }
    let gathered = try site.gathered(input, axis, resolved)
    let before = input.shape.extents[..<axis]
    let after = input.shape.extents[(axis + 1)...]
    return [try site.reshaped(gathered, to: Shape(before + indices.shape.extents + after))]
  }
}
