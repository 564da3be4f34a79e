import GraphIR
import Operations
import TensorCore

extension Reduction: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let shape = site.inputShape(0)
    let source = try site.input(0)
    if sumsAllButChannels(shape.rank), try sumChannels(source, site) { return }
    let layout = try walkableLayout(source, site)
    let input = try site.draft.buffer(site.node.inputs[0], as: layout.descriptor(shape))
    let kernel = ReductionKernel(
      function, extents: layout.physicalExtents(shape),
      flags: layout.physicalFlags(axes, rank: shape.rank))
    // Without channels there are no blocks of them: the result is in row-major order.
    let resultLayout = axes.contains(1) ? DataLayout.plain : layout
    let result = site.draft.makeResult(site.id, try resultLayout.descriptor(site.node.shape))
    site.add([input], result) { inputs, result in kernel.run(inputs[0], result) }
  }

  /// Whether all that is left is a sum for every channel.
  func sumsAllButChannels(_ rank: Int) -> Bool {
    rank >= 3 && function == .sum && axes == [0] + Array(2..<rank)
  }

  /// Adds the step for 16-bit numbers with channels last: a row of ones times them, in `Float`.
  private func sumChannels(_ source: BufferID, _ site: LoweringSite) throws(ExecutionError) -> Bool
  {
    let (draft, shape) = (site.draft, site.inputShape(0))
    guard try draft.descriptor(source) == DataLayout.channelsLast.descriptor(shape, .bfloat16)
    else { return false }
    let (rows, channels) = (shape.elementCount / shape[1], shape[1])
    let ones = try MemoryDescriptor.plain([1, rows], .bfloat16)
    let numbers = try MemoryDescriptor.plain([rows, channels], .bfloat16)
    let sums = try MemoryDescriptor.plain([1, channels])
    guard
      let descriptor = try? PrimitiveDescriptor.matrixProduct(
        source: ones, weights: numbers, bias: nil, destination: sums,
        attributes: PrimitiveAttributes(), engine: draft.engine), descriptor.isFast
    else { return false }
    let row = try Memory(allocating: ones, engine: draft.engine)
    unsafe row.start.initializeMemory(as: UInt16.self, repeating: BrainFloat.one, count: rows)
    let result = draft.makeBuffer(sums)
    try draft.add(
      descriptor,
      [(.source, draft.makeConstant(row)), (.weights, draft.alias(source, as: numbers))],
      writes: [(.destination, result)])
    draft.define(site.id, try draft.alias(result, as: .plain(site.node.shape)))
    return true
  }

  /// The layout of the input, unless padding between its channels would take part.
  private func walkableLayout(
    _ source: BufferID, _ site: LoweringSite
  ) throws(ExecutionError) -> DataLayout {
    let layout = site.draft.descriptor(source).orderOfChannels ?? .plain
    guard case .channelBlocked(let block) = layout, axes.contains(1) else { return layout }
    return function == .sum || site.inputShape(0)[1] % block == 0 ? layout : .plain
  }
}

extension Softmax: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    try site.lowerSoftmax(axis: axis, isLogarithmic: false)
  }
}

extension LogSoftmax: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    try site.lowerSoftmax(axis: axis, isLogarithmic: true)
  }
}

extension LoweringSite {
  fileprivate func lowerSoftmax(axis: Int, isLogarithmic: Bool) throws(ExecutionError) {
    let layout = try MemoryDescriptor.plain(node.shape)
    let source = try plainInput(0)
    let descriptor = try PrimitiveDescriptor.softmax(
      source: layout, destination: layout, axis: axis, isLogarithmic: isLogarithmic,
      attributes: PrimitiveAttributes(), engine: draft.engine)
    let result = draft.makeResult(id, layout)
    try draft.add(descriptor, [(.source, source)], writes: [(.destination, result)])
  }
}
