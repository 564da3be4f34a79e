import TensorCore

extension ImportFamily {
  /// Shapes as numbers; shapes are static, so these are always known.
  static let shape = ImportFamily(
    "Shape",
    [
      ImportEntry("Shape", "the extents as known numbers", shape),
      ImportEntry("Size", "the number of elements as a known number") { (site) throws(ONNXError) in
        [.known(HostTensor(shape: [], integers: [try site.input(0).shape.elementCount]))]
      },
    ])

  private static func shape(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let extents = try site.input(0).shape.extents
    func bound(_ name: String, _ standard: Int) throws(ONNXError) -> Int {
      let index = try site.attributes.integer(name, default: standard)
      return min(max(index < 0 ? index + extents.count : index, 0), extents.count)
    }
    let start = try bound("start", 0)
    let end = max(start, try bound("end", extents.count))
    let part = Array(extents[start..<end])
    return [.known(HostTensor(shape: [part.count], integers: part))]
  }
}
