import TensorCore
package import Testing

/// Expects `|actual − expected| ≤ absolute + relative · |expected|` everywhere.
package func expectClose(
  _ actual: [Double], _ expected: [Double], absolute: Double = 0, relative: Double = 0,
  _ comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(
    ReferenceTensor(shape: [actual.count], elements: actual),
    ReferenceTensor(shape: [expected.count], elements: expected), absolute: absolute,
    relative: relative, comment(), sourceLocation: sourceLocation)
}
