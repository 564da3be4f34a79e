import GraphIR
import Operations
import TensorCore

extension PoolingWindow {
  /// A pooling descriptor in the layout of its source.
  fileprivate func forward(
    _ kind: PoolingKind, keepsWorkspace: Bool, source: MemoryDescriptor, result: Shape,
    _ draft: ProgramDraft
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    try .pooling(
      kind, keepsWorkspace: keepsWorkspace, source: source,
      destination: .any(result, source.elementType ?? .float32), kernel: kernel,
      window: window.geometry, attributes: PrimitiveAttributes(), engine: draft.engine)
  }

  /// Pools a value in the layout that it has.
  fileprivate func lower(
    _ kind: PoolingKind, keepsWorkspace: Bool, _ site: LoweringSite
  ) throws(ExecutionError) {
    let source = try site.input(0)
    let descriptor = try forward(
      kind, keepsWorkspace: keepsWorkspace, source: site.draft.descriptor(source),
      result: site.node.shape, site.draft)
    let result = site.draft.makeResult(site.id, try descriptor.required(.destination))
    var writes = [(PrimitiveArgument.destination, result)]
    if keepsWorkspace, let layout = try descriptor.descriptor(of: .workspace) {
      let workspace = site.draft.makeBuffer(layout)
      site.draft.workspaces[PoolingKey(value: site.node.inputs[0], pooling: self)] = workspace
      writes.append((.workspace, workspace))
    }
    try site.draft.add(descriptor, [(.source, source)], writes: writes)
  }

  /// Spreads a gradient back over what was pooled.
  fileprivate func lowerGradient(
    _ kind: PoolingKind, gradient input: Int, _ site: LoweringSite, source: MemoryDescriptor,
    workspace: BufferID?
  ) throws(ExecutionError) {
    let draft = site.draft
    let shape = site.inputShape(input)
    let forward = try forward(
      kind, keepsWorkspace: workspace != nil, source: source, result: shape, draft)
    let descriptor = try PrimitiveDescriptor.poolingBackward(
      kind, sourceGradient: source, destinationGradient: forward.required(.destination),
      kernel: kernel, window: window.geometry, forward: forward,
      attributes: PrimitiveAttributes(), engine: draft.engine)
    let gradient = try draft.buffer(
      site.node.inputs[input], as: descriptor.required(.destinationGradient))
    var reads = [(PrimitiveArgument.destinationGradient, gradient)]
    if let workspace { reads.append((.workspace, workspace)) }
    let result = draft.makeResult(site.id, try descriptor.required(.sourceGradient))
    try draft.add(descriptor, reads, writes: [(.sourceGradient, result)])
  }
}

extension MaxPooling: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let users = site.draft.fusion.users[site.node.inputs[0].index]
    let hasGradient = users.contains { index in
      let node = site.draft.graph.nodes[index]
      return (node.operation as? MaxPoolingGradient)?.pooling == pooling
        && node.inputs[0] == site.node.inputs[0]
    }
    try pooling.lower(.maximum, keepsWorkspace: hasGradient, site)
  }
}

extension MaxPoolingGradient: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let source = try site.input(0)
    let layout = site.draft.descriptor(source)
    try pooling.lowerGradient(
      .maximum, gradient: 1, site, source: layout, workspace: try workspace(site, source))
  }

  /// What the max pooling wrote, or what one that is run for its sake writes.
  private func workspace(
    _ site: LoweringSite, _ source: BufferID
  ) throws(ExecutionError) -> BufferID {
    let draft = site.draft
    let key = PoolingKey(value: site.node.inputs[0], pooling: pooling)
    if let workspace = draft.workspaces[key] { return workspace }
    let forward = try pooling.forward(
      .maximum, keepsWorkspace: true, source: draft.descriptor(source), result: site.inputShape(1),
      draft)
    let workspace = draft.makeBuffer(try forward.required(.workspace))
    let unused = draft.makeBuffer(try forward.required(.destination))
    try draft.add(
      forward, [(.source, source)], writes: [(.destination, unused), (.workspace, workspace)])
    draft.workspaces[key] = workspace
    return workspace
  }
}

extension AveragePooling: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    try pooling.lower(.averageIncludingPadding, keepsWorkspace: false, site)
  }
}

extension AveragePoolingGradient: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let gradient = site.draft.descriptor(try site.input(0))
    let source = try (gradient.dataLayout ?? .plain).descriptor(site.node.shape)
    try pooling.lowerGradient(
      .averageIncludingPadding, gradient: 0, site, source: source, workspace: nil)
  }
}

extension MaxPoolingSelection: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let inputs = [try site.plainInput(0), try site.plainInput(1)]
    let (input, output, pooling) = (site.inputShape(0), site.node.shape, pooling)
    site.add(inputs, try site.draft.makePlainResult(site.id)) { inputs, result in
      SelectionKernel(pooling: pooling, input: input, output: output)
        .run(inputs[0], inputs[1], result)
    }
  }
}
