import GraphIR
import Operations
import TensorCore

extension Reduction: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let shape = site.inputShape(0)
    let source = try site.input(0)
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
