import TensorCore

extension ImportFamily {
  /// One number everywhere.
  static let constantOfShape = ImportFamily(
    "ConstantOfShape", [ImportEntry("ConstantOfShape", "one number, broadcast", constantOfShape)])

  private static func constantOfShape(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let shape = try site.shape(try site.integers(0, "the shape") ?? [])
    var number = HostTensor(shape: [], floats: [0])
    if let tensor = try site.attributes.tensor("value") {
      number = try site.decoder.decode(tensor)
    }
    guard number.count == 1 else {
      throw ONNXError(.malformedFile, "the value has shape \(number.shape), not one number")
    }
    number.name = nil
    return [try site.broadcast(.known(number.reshaped(to: [])), to: shape)]
  }
}

extension ImportSite {
  /// A shape from numbers in a file.
  func shape(_ extents: [Int]) throws(ONNXError) -> Shape {
    try TensorDecoder.shape(extents.map { Int64($0) })
  }
}
