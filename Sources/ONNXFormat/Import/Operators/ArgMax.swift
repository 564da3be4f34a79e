import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Where the extremes are, as whole numbers.
  static let argMax = ImportFamily(
    "ArgMax",
    [
      ImportEntry("ArgMax", "the smallest index where the value equals the maximum") {
        (site) throws(ONNXError) in
        [try extreme(site, .maximum)]
      },
      ImportEntry("ArgMin", "the smallest index where the value equals the minimum") {
        (site) throws(ONNXError) in
        [try extreme(site, .minimum)]
      },
    ])

  private static func extreme(
    _ site: ImportSite, _ function: ReductionFunction
  ) throws(ONNXError) -> ImportedValue {
    let x = try site.value(0)
    let given = try site.attributes.integer("axis", default: 0)
    let axis = try site.axis(given, rank: x.shape.rank)
    let takesLast = try site.attributes.flag("select_last_index", default: false)
    let count = x.shape[axis]
    guard count <= HostTensor.maximumFoldedCount else {
      throw ONNXError(.outOfScope, "an axis of \(count) elements is too long")
    }
    let extents = x.shape.extents.indices.map { $0 == axis ? count : 1 }
    let indices = site.builder.constant(
      Tensor(shape: Shape(extents), elements: (0..<count).map { Float($0) }))
    let isExtreme = try site.checked(x.isEqual(to: x.reduced(function, over: [axis])))
    let other = site.builder.constant(takesLast ? -1 : Float(count))
    let candidates = isExtreme.choosing(indices, else: other)
    let found = candidates.reduced(takesLast ? .maximum : .minimum, over: [axis])
    if try site.attributes.flag("keepdims", default: true) { return .computed(found, .int64) }
    var kept = x.shape.extents
    kept.remove(at: axis)
    return .computed(try site.checked(found).reshaped(to: Shape(kept)), .int64)
  }
}
