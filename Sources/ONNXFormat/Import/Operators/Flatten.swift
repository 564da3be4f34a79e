import TensorCore

extension ImportFamily {
  /// Two axes from many.
  static let flatten = ImportFamily(
    "Flatten", [ImportEntry("Flatten", "a reshape to two axes", flatten)])

  private static func flatten(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.input(0)
    let axis = try site.attributes.integer("axis", default: 1)
    let rank = input.shape.rank
    guard (-rank...rank).contains(axis) else {
      throw ONNXError(.malformedFile, "axis \(axis) does not exist among \(rank) axes")
    }
    let (outer, inner) = site.split(input.shape, at: axis < 0 ? axis + rank : axis)
    return [try site.reshaped(input, to: [outer, inner])]
  }
}

extension ImportSite {
  /// The element counts before and from an axis on.
  func split(_ shape: Shape, at axis: Int) -> (Int, Int) {
    (
      Shape(Array(shape.extents[..<axis])).elementCount,
      Shape(Array(shape.extents[axis...])).elementCount
    )
  }
}
