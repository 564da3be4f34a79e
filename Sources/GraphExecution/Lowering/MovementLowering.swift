import GraphIR
import Operations
import TensorCore

extension Reshape: LowerableOperation {
  /// No step at all where the bytes stay as they are.
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let source = try site.input(0)
    let bytes = site.draft.descriptor(source)
    // Blocks of channels with one position each are in row-major order already.
    let isRowMajor =
      bytes.elementType == .float32
      && site.inputShape(0).positions.allSatisfy { $0 == 1 }
      && bytes.byteCount == site.inputShape(0).elementCount * MemoryLayout<Float>.stride
      && bytes.dataLayout != nil
    let plain = isRowMajor ? source : try site.plainInput(0)
    site.draft.define(site.id, try site.draft.alias(plain, as: .plain(shape)))
  }
}

extension Transpose: LowerableOperation {
  /// No step at all where only axes of extent 1 change places.
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let moving = permutation.filter { site.inputShape(0)[$0] != 1 }
    guard moving != moving.sorted() else {
      let alias = try site.draft.alias(site.plainInput(0), as: .plain(site.node.shape))
      return site.draft.define(site.id, alias)
    }
    let strides = site.inputShape(0).strides
    let seen = try site.draft.alias(
      site.plainInput(0),
      as: .strided(site.node.shape, strides: permutation.map { strides[$0] }))
    site.draft.define(site.id, try site.draft.reorder(seen, to: .plain(site.node.shape)))
  }
}

extension Slice: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let strides = site.inputShape(0).strides
    let start = zip(starts, strides).reduce(0) { $0 + $1.0 * $1.1 }
    let copy = StridedCopy(
      extents: counts, sourceStart: start, sourceStrides: zip(steps, strides).map { $0 * $1 },
      targetStart: 0, targetStrides: site.node.shape.strides)
    let result = try site.draft.makePlainResult(site.id)
    site.add([try site.plainInput(0)], result) { inputs, result in copy.run(inputs[0], result) }
  }
}

extension Pad: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let strides = site.node.shape.strides
    let start = zip(before, strides).reduce(0) { $0 + $1.0 * $1.1 }
    let copy = StridedCopy(
      extents: site.inputShape(0).extents, sourceStart: 0,
      sourceStrides: site.inputShape(0).strides, targetStart: start,
      targetStrides: zip(between, strides).map { ($0 + 1) * $1 })
    let result = try site.draft.makePlainResult(site.id)
    let number = number
    site.add([try site.plainInput(0)], result) { inputs, result in
      unsafe result.floats.update(repeating: number)
      copy.run(inputs[0], result)
    }
  }
}

extension Concatenate: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let layout = try commonLayout(site)
    let extents = layout.physicalExtents(site.node.shape)
    let strides = Shape(extents).strides
    let physicalAxis =
      layout == .channelsLast && axis == 1
      ? extents.count - 1
      : (layout == .channelsLast && axis > 1 ? axis - 1 : axis)
    var reads: [BufferID] = []
    var copies: [StridedCopy] = []
    var start = 0
    for value in site.node.inputs where site.draft.graph[value].shape.elementCount > 0 {
      let shape = site.draft.graph[value].shape
      let part = layout.physicalExtents(shape)
      reads.append(try site.draft.buffer(value, as: layout.descriptor(shape)))
      copies.append(
        StridedCopy(
          extents: part, sourceStart: 0, sourceStrides: Shape(part).strides,
          targetStart: start * strides[physicalAxis], targetStrides: strides))
      start += part[physicalAxis]
    }
    let result = site.draft.makeResult(site.id, try layout.descriptor(site.node.shape))
    site.add(reads, result) { inputs, result in
      for (copy, input) in zip(copies, inputs) { copy.run(input, result) }
    }
  }

  /// The layout of the first input, when every input's channels fill whole blocks of it.
  private func commonLayout(_ site: LoweringSite) throws(ExecutionError) -> DataLayout {
    let first = try site.input(0)
    guard let layout = site.draft.descriptor(first).dataLayout else { return .plain }
    guard case .channelBlocked(let block) = layout, axis == 1 else { return layout }
    let fits = site.node.inputs.allSatisfy { site.draft.graph[$0].shape[1] % block == 0 }
    return fits ? layout : .plain
  }
}

extension Gather: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let kernel = IndexedAxis(indices: indices, axis: axis, long: site.inputShape(0))
    let result = try site.draft.makePlainResult(site.id)
    site.add([try site.plainInput(0)], result) { inputs, result in
      kernel.gather(inputs[0], result)
    }
  }
}

extension ScatterSum: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let kernel = IndexedAxis(indices: indices, axis: axis, long: site.node.shape)
    let result = try site.draft.makePlainResult(site.id)
    site.add([try site.plainInput(0)], result) { inputs, result in
      kernel.scatter(inputs[0], result)
    }
  }
}

extension Resize: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let kernel = ResizeKernel(self, input: site.inputShape(0))
    let result = try site.draft.makePlainResult(site.id)
    site.add([try site.plainInput(0)], result) { inputs, result in
      kernel.resize(inputs[0], result)
    }
  }
}

extension ResizeGradient: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let kernel = ResizeKernel(resize, input: site.node.shape)
    let result = try site.draft.makePlainResult(site.id)
    site.add([try site.plainInput(0)], result) { inputs, result in
      kernel.spread(inputs[0], result)
    }
  }
}
