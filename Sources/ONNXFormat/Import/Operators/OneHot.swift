import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Ones at given places.
  static let oneHot = ImportFamily(
    "OneHot",
    [
      ImportEntry("OneHot", "a new axis with one value where the index is, else another", oneHot),
      ImportEntry("Hardmax", "1 at the first largest number of an axis, else 0", hardmax),
      ImportEntry("EyeLike", "ones on a diagonal") { (site) throws(ONNXError) in
        let shape = try site.input(0).shape
        let shift = try site.attributes.integer("k", default: 0)
        guard shape.rank == 2, shape.elementCount <= HostTensor.maximumFoldedCount else {
          throw ONNXError(.malformedFile, "\(shape) is not that of a matrix")
        }
        let elements = (0..<shape[0]).flatMap { row in
          (0..<shape[1]).map { $0 == row + shift ? Float(1) : 0 }
        }
        return [.known(HostTensor(shape: shape, floats: elements))]
      },
    ])

  private static func oneHot(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let indices = try site.value(0)
    let depth = Int(try site.number(1, "the depth") ?? 0)
    let values = try site.value(2)
    guard (1...WindowAttributes.maximumSetting).contains(depth), values.shape == [2] else {
      throw ONNXError(.malformedFile, "depth \(depth) or values \(values.shape)")
    }
    let rank = indices.shape.rank + 1
    let axis = try site.axis(try site.attributes.integer("axis", default: -1), rank: rank)
    var extents = indices.shape.extents
    extents.insert(1, at: axis)
    let line = Shape((0..<rank).map { $0 == axis ? depth : 1 })
    let places = site.builder.constant(
      Tensor(shape: line, elements: (0..<depth).map { Float($0) }))
    let given = indices.reshaped(to: Shape(extents))
    let isNegative = given.isLess(than: site.builder.constant(0))
    let isHere = (given + isNegative * Float(depth)).isEqual(to: places)
    func value(_ index: Int) -> Value { values.sliced(0, start: index, count: 1).reshaped(to: []) }
    return [.computed(isHere.choosing(value(1), else: value(0)), try site.input(2).type)]
  }

  private static func hardmax(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let x = try site.value(0, minimumRank: 1)
    let isFlattened = site.opset < 13
    let given = try site.attributes.integer("axis", default: isFlattened ? 1 : -1)
    let axis = try site.axis(given, rank: x.shape.rank)
    let (outer, inner) = site.split(x.shape, at: axis)
    let shape = isFlattened ? [outer, inner] : x.shape
    let lane = isFlattened ? 1 : axis
    let count = shape[lane]
    let line = Shape((0..<shape.rank).map { $0 == lane ? count : 1 })
    let places = site.builder.constant(
      Tensor(shape: line, elements: (0..<count).map { Float($0) }))
    let values = x.reshaped(to: shape)
    let isLargest = values.isEqual(to: values.reduced(.maximum, over: [lane]))
    let first = isLargest.choosing(places, else: site.builder.constant(Float(count)))
      .reduced(.minimum, over: [lane])
    return [.computed(try site.checked(places.isEqual(to: first)).reshaped(to: x.shape), .float32)]
  }
}
