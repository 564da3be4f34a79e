import TensorCore

extension ExportSite {
  /// The same numbers under another shape.
  func reshaped(_ value: ExportedValue, to shape: Shape) -> ExportedValue {
    if value.shape == shape { return value }
    if draft.hasFreeSamples, value.shape.extents.first == 1, shape.extents.first == 1 {
      // A 0 means "as in the input": however many samples there are.
      return emit(
        "Reshape", [value, integers([0] + shape.extents.dropFirst())], shape: shape)
    }
    let inputs = [value, integers(shape.extents)]
    // Without the attribute a 0 would mean "as in the input".
    return shape.extents.contains(0)
      ? emit("Reshape", inputs, shape: shape, .integer("allowzero", 1))
      : emit("Reshape", inputs, shape: shape)
  }

  /// The same numbers under a shape whose first extent counts samples among others; it is left to
  /// be found where the number of samples is free.
  func regrouped(_ value: ExportedValue, to shape: Shape) -> ExportedValue {
    guard draft.hasFreeSamples else { return reshaped(value, to: shape) }
    return emit(
      "Reshape", [value, integers([-1] + shape.extents.dropFirst())], shape: shape)
  }

  /// A constant of one sample repeated for as many samples as a value has.
  ///
  /// - Parameters:
  ///   - constant: What broadcasts to the shape.
  ///   - shape: The shape for one sample.
  ///   - value: The value with the samples.
  /// - Returns: The constant for every sample.
  func repeated(
    _ constant: ExportedValue, to shape: Shape, like value: ExportedValue
  ) -> ExportedValue {
    guard draft.hasFreeSamples else { return expanded(constant, to: shape) }
    let extents = emit("Shape", [value], shape: [1], .integer("start", 0), .integer("end", 1))
    let rest = integers(Array(shape.extents.dropFirst()))
    let wanted = emit(
      "Concat", [extents, rest], shape: [shape.rank], .integer("axis", 0))
    return emit("Expand", [constant, wanted], shape: shape)
  }

  /// The value with axis `permutation[i]` as axis `i`.
  func transposed(_ value: ExportedValue, _ permutation: [Int]) -> ExportedValue {
    if permutation == Array(0..<value.shape.rank) { return value }
    return emit(
      "Transpose", [value], shape: Shape(permutation.map { value.shape[$0] }),
      .integers("perm", permutation))
  }

  /// The value with two of its axes exchanged.
  func transposed(_ value: ExportedValue, exchanging first: Int, _ second: Int) -> ExportedValue {
    var permutation = Array(0..<value.shape.rank)
    permutation.swapAt(first, second)
    return transposed(value, permutation)
  }

  /// Every `step`-th element from `start` on, `count` of them, along each axis.
  func sliced(
    _ value: ExportedValue, starts: [Int], counts: [Int], steps: [Int]? = nil
  ) -> ExportedValue {
    if counts == value.shape.extents { return value }
    let steps = steps ?? Array(repeating: 1, count: counts.count)
    let axes = counts.indices.filter { counts[$0] != value.shape[$0] }
    let ends = axes.map { counts[$0] == 0 ? 0 : starts[$0] + (counts[$0] - 1) * steps[$0] + 1 }
    let first = axes.map { counts[$0] == 0 ? 0 : starts[$0] }
    return emit(
      "Slice",
      [value, integers(first), integers(ends), integers(axes), integers(axes.map { steps[$0] })],
      shape: Shape(counts))
  }

  /// The value with copies of a number around it.
  func padded(
    _ value: ExportedValue, before: [Int], after: [Int], number: Float
  ) -> ExportedValue {
    if (before + after).allSatisfy({ $0 == 0 }) { return value }
    let extents = value.shape.extents.indices.map { before[$0] + value.shape[$0] + after[$0] }
    return emit(
      "Pad", [value, integers(before + after), constant(Tensor(number))], shape: Shape(extents))
  }

  /// The value repeated to a larger shape.
  func expanded(_ value: ExportedValue, to shape: Shape) -> ExportedValue {
    if value.shape == shape { return value }
    return emit("Expand", [value, integers(shape.extents)], shape: shape)
  }

  /// The elements with given indices along one axis.
  func gathered(_ value: ExportedValue, _ axis: Int, _ indices: [Int]) -> ExportedValue {
    emit(
      "Gather", [value, integers(indices)], shape: value.shape.replacing(axis, with: indices.count),
      .integer("axis", axis))
  }

  /// Elements added at whole-number positions along one axis of zeros.
  ///
  /// - Parameters:
  ///   - value: The elements.
  ///   - axis: The axis along which they are added.
  ///   - indices: Where; of the shape of `value`.
  ///   - extent: The extent of the axis in the result.
  /// - Returns: The sums.
  func scattered(
    _ value: ExportedValue, _ axis: Int, _ indices: ExportedValue, extent: Int
  ) -> ExportedValue {
    let shape = value.shape.replacing(axis, with: extent)
    let zeros = repeated(constant(Tensor(0)), to: shape, like: value)
    return emit(
      "ScatterElements", [zeros, indices, value], shape: shape,
      .integer("axis", axis), .word("reduction", "add"))
  }
}
