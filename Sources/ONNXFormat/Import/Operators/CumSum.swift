import GraphIR
import Operations
import TensorCore

extension ImportFamily {
  /// Running sums.
  static let cumSum = ImportFamily(
    "CumSum", [ImportEntry("CumSum", "the product with a triangular matrix of ones", cumSum)])

  private static func cumSum(_ site: ImportSite) throws(ONNXError) -> [ImportedValue] {
    let input = try site.input(0)
    guard let given = try site.integers(1, "the axis")?.first else {
      throw ONNXError(.malformedFile, "the axis is missing")
    }
    let rank = input.shape.rank
    let axis = try site.axis(given, rank: rank)
    let extent = input.shape[axis]
    guard extent <= 2048 else {
      throw ONNXError(.outOfScope, "running sums along \(extent) elements (at most 2048)")
    }
    let isExclusive = try site.attributes.flag("exclusive", default: false)
    let isReversed = try site.attributes.flag("reverse", default: false)
    let triangle = (0..<(extent * extent)).map { place -> Float in
      let (from, to) = (place / extent, place % extent)
      let distance = isReversed ? from - to : to - from
      return distance > (isExclusive ? 0 : -1) ? 1 : 0
    }
    let others = (0..<rank).filter { $0 != axis }
    let moved = try site.transposed(input, others + [axis])
    let rows = Shape(others.map { input.shape[$0] }).elementCount
    let matrix = site.pool.value(moved).reshaped(to: [rows, extent])
    let constant = site.builder.constant(Tensor(shape: [extent, extent], elements: triangle))
    let sums = matrix.product(constant).reshaped(to: moved.shape)
    let back = ImportedValue.computed(sums, input.type)
    let order = (0..<rank).map { $0 < axis ? $0 : $0 == axis ? rank - 1 : $0 - 1 }
    return [try site.transposed(back, order)]
  }
}
