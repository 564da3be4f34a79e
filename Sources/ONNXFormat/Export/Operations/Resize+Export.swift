import GraphIR
import Operations
import TensorCore

extension Resize: SampleFreeForm {
  /// Axis by axis, the two grid points are gathered and mixed by their shares.
  ///
  /// The operator `Resize` does not know every coordinate rule; this is exact under all of them.
  func export(_ site: ExportSite) -> ExportedValue {
    outputPositions.indices.reduce(site.inputs[0]) { value, axis in
      let taps = taps(axis, input: value.shape[axis + 2])
      let lower = site.gathered(value, axis + 2, taps.map(\.lower))
      guard taps.contains(where: { $0.upperShare != 0 }) else { return lower }
      let upper = site.gathered(value, axis + 2, taps.map(\.upper))
      let line = Shape(lower.shape.extents.indices.map { $0 == axis + 2 ? taps.count : 1 })
      func mixed(_ part: ExportedValue, _ share: (AxisTap) -> Float) -> ExportedValue {
        site.scaled(part, by: Tensor(shape: line, elements: taps.map(share)))
      }
      return site.emit(
        "Add", [mixed(lower) { 1 - $0.upperShare }, mixed(upper) { $0.upperShare }],
        shape: lower.shape)
    }
  }
}

extension ResizeGradient: SampleFreeForm {
  /// Axis by axis, the product with the transposed matrix of the shares.
  func export(_ site: ExportSite) throws(ONNXError) -> ExportedValue {
    var value = site.inputs[0]
    for axis in inputPositions.indices {
      value = product(site, value, axis: axis + 2, matrix: try shares(axis))
    }
    return value
  }

  /// The matrix `[input, output]` of one axis.
  private func shares(_ axis: Int) throws(ONNXError) -> Tensor {
    let (input, output) = (inputPositions[axis], resize.outputPositions[axis])
    guard input * output <= 1 << 26 else {
      throw ONNXError(
        .outOfScope,
        "the gradient of resizing \(input) to \(output) positions needs too large a "
          + "matrix; explain a layer behind it")
    }
    var matrix = Tensor(shape: [input, output], repeating: 0)
    for (place, tap) in resize.taps(axis, input: input).enumerated() {
      matrix[tap.lower, place] += 1 - tap.upperShare
      matrix[tap.upper, place] += tap.upperShare
    }
    return matrix
  }

  /// `matrix · value` along one axis, the axes behind it taken together.
  private func product(
    _ site: ExportSite, _ value: ExportedValue, axis: Int, matrix: Tensor
  ) -> ExportedValue {
    let shape = value.shape
    let outer = shape.extents[..<axis].reduce(1, *)
    let inner = shape.extents[(axis + 1)...].reduce(1, *)
    let stack = site.regrouped(value, to: [outer, shape[axis], inner])
    let sums = site.emit(
      "MatMul", [site.constant(matrix), stack], shape: [outer, matrix.shape[0], inner])
    return site.regrouped(sums, to: shape.replacing(axis, with: matrix.shape[0]))
  }
}
