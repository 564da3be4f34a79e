package import TensorCore
package import Testing

/// Expects equal shapes, and `|actual − expected| ≤ absolute + relative · |expected|` everywhere.
///
/// NaN is close to NaN only, and an infinity to the same infinity only.
package func expectClose(
  _ actual: Tensor, _ expected: Tensor, absolute: Double, relative: Double,
  _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(
    ReferenceTensor(actual), ReferenceTensor(expected), absolute: absolute, relative: relative,
    comment(), sourceLocation: sourceLocation)
}

/// Expects equal shapes, and `|actual − expected| ≤ absolute + relative · |expected|` everywhere.
///
/// NaN is close to NaN only, and an infinity to the same infinity only.
package func expectClose(
  _ actual: ReferenceTensor, _ expected: ReferenceTensor, absolute: Double, relative: Double,
  _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  precondition(absolute >= 0 && relative >= 0, "tolerances must not be negative")
  guard actual.shape == expected.shape else {
    let message = "shape \(actual.shape) is not \(expected.shape) \(comment())"
    Issue.record(Comment(rawValue: message), sourceLocation: sourceLocation)
    return
  }
  var worst = (excess: 0.0, index: 0)
  var failureCount = 0
  for index in actual.elements.indices {
    let excess = excess(
      actual.elements[index], expected.elements[index], absolute: absolute, relative: relative)
    if excess > 0 { failureCount += 1 }
    if excess > worst.excess { worst = (excess, index) }
  }
  guard failureCount > 0 else { return }
  let place = zip(expected.shape.strides, expected.shape.extents).map { worst.index / $0 % $1 }
  let message =
    "\(failureCount) of \(actual.elements.count) values of \(actual.shape) differ, worst at \(place): "
    + "\(actual.elements[worst.index]) is not \(expected.elements[worst.index]) \(comment())"
  Issue.record(Comment(rawValue: message), sourceLocation: sourceLocation)
}

/// By how much a difference exceeds what is tolerated; zero or less when it does not.
private func excess(
  _ actual: Double, _ expected: Double, absolute: Double, relative: Double
) -> Double {
  if actual.isNaN && expected.isNaN || actual == expected { return 0 }
  guard actual.isFinite && expected.isFinite else { return .infinity }
  return abs(actual - expected) - (absolute + relative * abs(expected))
}
