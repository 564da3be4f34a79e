import Operations
import TensorCore

extension ImportFamily {
  /// Choice by a condition.
  static let `where` = ImportFamily(
    "Where",
    [
      ImportEntry("Where", "the second input where the first is true, else the third") {
        (site) throws(ONNXError) in
        [try site.select(try site.input(0), try site.input(1), try site.input(2))]
      }
    ])
}

extension ImportSite {
  /// `whenTrue` where the condition is not zero, else `whenFalse`.
  func select(
    _ condition: ImportedValue, _ whenTrue: ImportedValue, _ whenFalse: ImportedValue
  ) throws(ONNXError) -> ImportedValue {
    guard
      let shape = condition.shape.broadcast(with: whenTrue.shape)?.broadcast(with: whenFalse.shape)
    else {
      throw ONNXError(
        .malformedFile,
        "shapes \(condition.shape), \(whenTrue.shape), \(whenFalse.shape) do not broadcast")
    }
    if let c = condition.foldable, let a = whenTrue.foldable, let b = whenFalse.foldable,
      shape.elementCount <= HostTensor.maximumFoldedCount / 2
    {
      // Both choices one after the other; the condition says from which half to take.
      let halves = [a, b].map { $0.broadcast(to: shape).reshaped(to: [shape.elementCount]) }
      let both = HostTensor.concatenated(halves, axis: 0)
      let chosen = c.broadcast(to: shape).doubles.enumerated().map { index, truth in
        truth != 0 ? index : index + shape.elementCount
      }
      return .known(both.taking(chosen, shape: shape))
    }
    let value = pool.value(condition).choosing(pool.value(whenTrue), else: pool.value(whenFalse))
    return .computed(value, whenTrue.type)
  }
}
