import GraphIR
import Operations
import TensorCore

extension Reshape: SampleFreeForm {
  /// The operator of the same name.
  func export(_ site: ExportSite) -> ExportedValue {
    site.reshaped(site.inputs[0], to: shape)
  }
}

extension Transpose: SampleFreeForm {
  /// The operator of the same name.
  func export(_ site: ExportSite) -> ExportedValue {
    site.transposed(site.inputs[0], permutation)
  }
}

extension Slice: SampleFreeForm {
  /// The operator of the same name.
  func export(_ site: ExportSite) -> ExportedValue {
    site.sliced(site.inputs[0], starts: starts, counts: counts, steps: steps)
  }
}

extension Pad: SampleFreeForm {
  /// Gaps are padding along new axes that are merged again; then comes `Pad`.
  func export(_ site: ExportSite) -> ExportedValue {
    site.padded(
      interleaved(site.inputs[0], site), before: before, after: after, number: number)
  }

  /// The value with the numbers between its elements.
  private func interleaved(_ value: ExportedValue, _ site: ExportSite) -> ExportedValue {
    let shape = value.shape
    let gaps = between.enumerated().map { axis, count in shape[axis] > 1 ? count : 0 }
    if gaps.allSatisfy({ $0 == 0 }) { return value }
    let none = [Int](repeating: 0, count: 2 * shape.rank)
    let apart = site.reshaped(value, to: Shape(shape.extents.flatMap { [$0, 1] }))
    let widened = site.padded(
      apart, before: none, after: gaps.flatMap { [0, $0] }, number: number)
    let merged = site.reshaped(
      widened, to: Shape(zip(shape.extents, gaps).map { $0 * ($1 + 1) }))
    // The gap behind the last element is not between elements.
    return site.sliced(
      merged, starts: Array(repeating: 0, count: shape.rank),
      counts: zip(merged.shape.extents, gaps).map { $0 - $1 })
  }
}

extension Concatenate: SampleFreeForm {
  /// `Concat`.
  func export(_ site: ExportSite) -> ExportedValue {
    site.result("Concat", site.inputs, .integer("axis", axis))
  }
}

extension Broadcast: SampleFreeForm {
  /// `Expand`.
  func export(_ site: ExportSite) -> ExportedValue {
    site.expanded(site.inputs[0], to: shape)
  }
}

extension Gather: SampleFreeForm {
  /// The operator of the same name.
  func export(_ site: ExportSite) -> ExportedValue {
    site.gathered(site.inputs[0], axis, indices)
  }
}

extension ScatterSum: SampleFreeForm {
  /// `ScatterElements` that adds, with the indices repeated along the other axes.
  func export(_ site: ExportSite) -> ExportedValue {
    let shape = site.inputs[0].shape
    let line = Shape((0..<shape.rank).map { $0 == axis ? indices.count : 1 })
    let everywhere = site.repeated(
      site.emit("Reshape", [site.integers(indices), site.integers(line.extents)], shape: line),
      to: shape, like: site.inputs[0])
    return site.scattered(site.inputs[0], axis, everywhere, extent: extent)
  }
}
