import TensorCore

extension ImportFamily {
  /// Axes of extent 1 removed and added.
  static let squeeze = ImportFamily(
    "Squeeze",
    [
      ImportEntry("Squeeze", "a reshape without axes of extent 1", squeeze),
      ImportEntry("Unsqueeze", "a reshape with new axes of extent 1", unsqueeze),
    ])

  private static func squeeze(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.input(0)
    let extents = input.shape.extents
    let given = try site.integers(attribute: "axes", orInput: 1)
    let removed = try given.map { (axes) throws(ONNXError) in
      try site.axes(axes, rank: extents.count)
    }
    let axes = removed ?? extents.indices.filter { extents[$0] == 1 }
    guard axes.allSatisfy({ extents[$0] == 1 }) else {
      throw ONNXError(.malformedFile, "axes \(axes) of \(input.shape) do not all have extent 1")
    }
    let kept = extents.indices.filter { !axes.contains($0) }.map { extents[$0] }
    return [try site.reshaped(input, to: Shape(kept))]
  }

  private static func unsqueeze(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.input(0)
    guard let given = try site.integers(attribute: "axes", orInput: 1), given.count <= 32 else {
      throw ONNXError(.malformedFile, "the axes are missing or too many")
    }
    var extents = input.shape.extents
    for axis in try site.axes(given, rank: extents.count + given.count) {
      extents.insert(1, at: axis)
    }
    return [try site.reshaped(input, to: Shape(extents))]
  }
}
