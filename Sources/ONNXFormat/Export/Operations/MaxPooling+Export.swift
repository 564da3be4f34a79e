import GraphIR
import Operations
import TensorCore

extension MaxPooling: SampleFreeForm {
  /// `MaxPool`; −∞ where a placement holds padding only.
  func export(_ site: ExportSite) -> ExportedValue {
    let padded = MaxPoolingForm(pooling, input: site.inputs[0].shape)
    let largest = padded.pooled(site, site.inputs[0])
    guard let isCovered = padded.isCovered else { return largest }
    let truth = site.truth(site.constant(isCovered))
    return site.result("Where", [truth, largest, site.constant(Tensor(-.infinity))])
  }
}

extension MaxPoolingGradient: SampleFreeForm {
  /// `ScatterElements` that adds at the positions `MaxPool` says it found the largest values at.
  func export(_ site: ExportSite) -> ExportedValue {
    let form = MaxPoolingForm(pooling, input: site.inputs[0].shape)
    let indices = form.winners(site, site.inputs[0])
    let gradient = form.isCovered.map { site.scaled(site.inputs[1], by: $0) } ?? site.inputs[1]
    let line: Shape = [gradient.shape.elementCount]
    let zeros = site.repeated(site.constant(Tensor(0)), to: form.paddedShape, like: gradient)
    let places: Shape = [form.paddedShape.elementCount]
    let sums = site.emit(
      "ScatterElements",
      [
        site.regrouped(zeros, to: places), site.regrouped(indices, to: line),
        site.regrouped(gradient, to: line),
      ], shape: places, .integer("axis", 0), .word("reduction", "add"))
    return form.unpadded(site, site.regrouped(sums, to: form.paddedShape))
  }
}

extension MaxPoolingSelection: SampleFreeForm {
  /// `Gather` at the positions `MaxPool` says it found the largest values at.
  func export(_ site: ExportSite) -> ExportedValue {
    let form = MaxPoolingForm(pooling, input: site.inputs[0].shape)
    let indices = form.winners(site, site.inputs[0])
    let values = form.padded(site, site.inputs[1], number: 0)
    let line = site.regrouped(values, to: [values.shape.elementCount])
    let taken = site.emit(
      "Gather", [line, indices], shape: indices.shape, .integer("axis", 0))
    return form.isCovered.map { site.scaled(taken, by: $0) } ?? taken
  }
}

/// How a max pooling is written.
///
/// Operators refuse padding that is as long as the kernel; then the input is padded first.
private struct MaxPoolingForm {
  /// What the graph asks for.
  let original: PoolingWindow
  /// What the operator is given.
  let pooling: PoolingWindow
  let inputShape: Shape
  let before: [Int]
  let after: [Int]
  /// 1 for placements that hold a position of the input, else 0; nil when all do.
  let isCovered: Tensor?

  init(_ pooling: PoolingWindow, input: Shape) {
    let window = pooling.window
    self.original = pooling
    self.inputShape = input
    self.isCovered = Self.coverage(pooling, input)
    let padsFirst = !pooling.paddingIsShort || isCovered != nil
    let none = [Int](repeating: 0, count: input.rank)
    before = padsFirst ? [0, 0] + window.paddingBefore : none
    after = padsFirst ? [0, 0] + window.paddingAfter : none
    self.pooling =
      padsFirst
      ? PoolingWindow(
        kernel: pooling.kernel,
        window: SlidingWindow(
          rank: window.rank, strides: window.strides, dilations: window.dilations)) : pooling
  }

  var paddedShape: Shape {
    Shape(inputShape.extents.indices.map { before[$0] + inputShape[$0] + after[$0] })
  }

  /// The value with the padding that the operator does not do.
  func padded(_ site: ExportSite, _ value: ExportedValue, number: Float) -> ExportedValue {
    site.padded(value, before: before, after: after, number: number)
  }

  /// The value without that padding.
  func unpadded(_ site: ExportSite, _ value: ExportedValue) -> ExportedValue {
    site.sliced(value, starts: before, counts: inputShape.extents)
  }

  /// The largest values.
  func pooled(_ site: ExportSite, _ input: ExportedValue) -> ExportedValue {
    emitted(site, input, resultCount: 1)[0]
  }

  /// The flat positions of the first of the largest values in the padded input.
  func winners(_ site: ExportSite, _ input: ExportedValue) -> ExportedValue {
    let key = ExportDraft.WinnerKey(pooling: original, input: input)
    if let known = site.draft.winners[key] { return known }
    var positions = emitted(site, input, resultCount: 2)[1]
    if isCovered != nil {
      // Where nothing was found the operator gives a negative position.
      positions = site.emit(
        "Max", [positions, site.integers([0])], shape: positions.shape)
    }
    site.draft.winners[key] = positions
    return positions
  }

  private func emitted(
    _ site: ExportSite, _ input: ExportedValue, resultCount: Int
  ) -> [ExportedValue] {
    let placements = placements(input.shape)
    let attributes =
      pooling.window.onnxAttributes + [.integers("kernel_shape", pooling.kernel)]
    return site.draft.emit(
      "MaxPool", [padded(site, input, number: -.infinity)],
      shapes: Array(repeating: placements, count: resultCount), attributes)
  }

  private func placements(_ input: Shape) -> Shape {
    let window = pooling.window
    return Shape(
      [input[0], input[1]]
        + pooling.kernel.indices.map { axis in
          let padded =
            before[axis + 2] + input[axis + 2] + after[axis + 2] + window.paddingBefore[axis]
            + window.paddingAfter[axis]
          let span = (pooling.kernel[axis] - 1) * window.dilations[axis] + 1
          return (padded - span) / window.strides[axis] + 1
        })
  }

  /// Which placements hold a position of the input.
  private static func coverage(_ pooling: PoolingWindow, _ input: Shape) -> Tensor? {
    let window = pooling.window
    let perAxis = pooling.kernel.indices.map { axis -> [Float] in
      let extent = input[axis + 2]
      let padded = extent + window.paddingBefore[axis] + window.paddingAfter[axis]
      let span = (pooling.kernel[axis] - 1) * window.dilations[axis] + 1
      return (0...(padded - span) / window.strides[axis]).map { placement in
        let start = placement * window.strides[axis] - window.paddingBefore[axis]
        let taps = (0..<pooling.kernel[axis]).lazy.map { start + $0 * window.dilations[axis] }
        return taps.contains { (0..<extent).contains($0) } ? 1 : 0
      }
    }
    guard perAxis.contains(where: { $0.contains(0) }) else { return nil }
    let elements = perAxis.reduce([1]) { outer, inner in
      outer.flatMap { a in inner.map { a * $0 } }
    }
    return Tensor(shape: Shape([1, 1] + perAxis.map(\.count)), elements: elements)
  }
}
