import TensorCore

extension ImportFamily {
  /// New extents, of which one may be left to be found.
  static let reshape = ImportFamily(
    "Reshape", [ImportEntry("Reshape", "the same numbers under another shape", reshape)])

  private static func reshape(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.input(0)
    guard var extents = try site.integers(attribute: "shape", orInput: 1) else {
      throw ONNXError(.malformedFile, "the new shape is missing")
    }
    if try !site.attributes.flag("allowzero", default: false) {
      for (axis, extent) in extents.enumerated() where extent == 0 {
        guard axis < input.shape.rank else {
          throw ONNXError(
            .malformedFile, "\(extents) keeps axis \(axis), which \(input.shape) lacks")
        }
        extents[axis] = input.shape[axis]
      }
    }
    let open = extents.indices.filter { extents[$0] == -1 }
    if let axis = open.first {
      extents[axis] = 1
      let rest = try site.shape(extents).elementCount
      guard open.count == 1, rest > 0, input.shape.elementCount % rest == 0 else {
        throw ONNXError(.malformedFile, "\(input.shape) cannot become \(extents)")
      }
      extents[axis] = input.shape.elementCount / rest
    }
    return [try site.reshaped(input, to: try site.shape(extents))]
  }
}
