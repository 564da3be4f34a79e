import GraphIR
import Operations
import TensorCore

/// Which sums over a batch have been computed already.
enum BatchSums: Hashable {
  /// The moments of a value.
  case moments(ValueID)
  /// What a normalization of these values passes back.
  case gradient(BatchNormalization, isRectified: Bool, [ValueID])
}

extension LoweringSite {
  /// An input in blocks of 16 channels.
  func blockedInput(_ index: Int) throws(ExecutionError) -> BufferID {
    let layout = DataLayout.channelBlocked(16)
    return try draft.buffer(node.inputs[index], as: layout.descriptor(inputShape(index)))
  }

  /// The result in blocks of 16 channels.
  fileprivate func makeBlockedResult() throws(ExecutionError) -> BufferID {
    draft.makeResult(id, try DataLayout.channelBlocked(16).descriptor(node.shape))
  }

  /// The means and variances of the first input, computed once for all who ask.
  fileprivate func moments() throws(ExecutionError) -> BufferID {
    let key = BatchSums.moments(node.inputs[0])
    if let known = draft.batchSums[key] { return known }
    let shape = inputShape(0)
    let result = draft.makeBuffer(try .plain([2, shape[1]]))
    let kernel = BatchNormalizationKernel(shape)
    add([try blockedInput(0)], result) { inputs, result in kernel.moments(inputs[0], result) }
    draft.batchSums[key] = result
    return result
  }

  /// The first input, its moments, scale and shift.
  fileprivate func normalizationInputs() throws(ExecutionError) -> [BufferID] {
    [try blockedInput(0), try moments(), try plainInput(1), try plainInput(2)]
  }

  /// The gradient of the result in blocks of 16 channels, of what is rectified where it is.
  fileprivate func blockedGradient(_ gradient: ValueID) throws(ExecutionError) -> BufferID {
    let layout = DataLayout.channelBlocked(16)
    return try draft.buffer(gradient, as: layout.descriptor(inputShape(0)))
  }

  /// Whether what is passed back was rectified, and the gradient.
  fileprivate var outputGradient: (isRectified: Bool, gradient: ValueID) {
    let rectified = draft.fusion.normalizations.gradients[id.index]
    return (rectified != nil, rectified ?? node.inputs[3])
  }

  /// What a normalization passes back to scale and shift, computed once for all who ask.
  fileprivate func sums(_ normalization: BatchNormalization) throws(ExecutionError) -> BufferID {
    let (isRectified, gradient) = outputGradient
    let key = BatchSums.gradient(
      normalization, isRectified: isRectified, Array(node.inputs.prefix(3)) + [gradient])
    if let known = draft.batchSums[key] { return known }
    let shape = inputShape(0)
    let result = draft.makeBuffer(try .plain([2, shape[1]]))
    let kernel = normalization.kernel(shape, isRectified: isRectified)
    add(try normalizationInputs() + [blockedGradient(gradient)], result) { inputs, result in
      kernel.sums(
        inputs[0], moments: inputs[1], scale: inputs[2], shift: inputs[3], gradient: inputs[4],
        result)
    }
    draft.batchSums[key] = result
    return result
  }

  /// Adds the step of a normalization at this place, rectified or not.
  fileprivate func normalize(
    _ normalization: BatchNormalization, isRectified: Bool
  ) throws(ExecutionError) {
    let kernel = normalization.kernel(node.shape, isRectified: isRectified)
    add(try normalizationInputs(), try makeBlockedResult()) { inputs, result in
      kernel.normalize(
        inputs[0], moments: inputs[1], scale: inputs[2], shift: inputs[3], result)
    }
  }

  /// Adds the step of a normalization whose results are rectified, at the place of the rectifier.
  func lowerRectified(_ normalization: ValueID) throws(ExecutionError) {
    let node = draft.graph[normalization]
    guard let operation = node.operation as? BatchNormalization else { return }
    try LoweringSite(id: id, node: node, draft: draft).normalize(operation, isRectified: true)
  }
}

extension BatchNormalization {
  fileprivate func kernel(_ shape: Shape, isRectified: Bool) -> BatchNormalizationKernel {
    BatchNormalizationKernel(shape, epsilon: epsilon, isRectified: isRectified)
  }
}

extension BatchMoments: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    site.draft.define(site.id, try site.moments())
  }
}

extension BatchNormalization: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    try site.normalize(self, isRectified: false)
  }
}

extension BatchNormalizationSums: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    site.draft.define(site.id, try site.sums(normalization))
  }
}

extension BatchNormalizationGradient: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let (isRectified, gradient) = site.outputGradient
    let kernel = normalization.kernel(site.node.shape, isRectified: isRectified)
    let sums = try site.sums(normalization)
    let reads = try site.normalizationInputs() + [site.blockedGradient(gradient), sums]
    site.add(reads, try site.makeBlockedResult()) { inputs, result in
      kernel.gradient(
        inputs[0], moments: inputs[1], scale: inputs[2], shift: inputs[3], gradient: inputs[4],
        sums: inputs[5], result)
    }
  }
}
