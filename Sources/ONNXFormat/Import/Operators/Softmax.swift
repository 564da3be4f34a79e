import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Softmax and its logarithm.
  static let softmax = ImportFamily(
    "Softmax",
    [
      ImportEntry("Softmax", "a softmax along one axis") { (site) throws(ONNXError) in
        [try softmax(site) { Softmax(axis: $0) }]
      },
      ImportEntry("LogSoftmax", "the logarithm of a softmax") { (site) throws(ONNXError) in
        [try softmax(site) { LogSoftmax(axis: $0) }]
      },
    ])

  private static func softmax(
    _ site: ImportSite, _ operation: (Int) -> any Operation
  ) throws(ONNXError) -> ImportedValue {
    let x = try site.value(0, minimumRank: 1)
    let isFlattened = site.opset < 13
    let given = try site.attributes.integer("axis", default: isFlattened ? 1 : -1)
    let axis =
      isFlattened && given == x.shape.rank ? given : try site.axis(given, rank: x.shape.rank)
    let (outer, inner) = site.split(x.shape, at: axis)
    // Before operator set 13 all axes from `axis` on were one.
    guard isFlattened, axis >= x.shape.rank || inner != x.shape[axis] else {
      return .computed(site.builder.apply(operation(axis), [x]), .float32)
    }
    let flat = x.reshaped(to: [outer, inner])
    return .computed(site.builder.apply(operation(1), [flat]).reshaped(to: x.shape), .float32)
  }
}
