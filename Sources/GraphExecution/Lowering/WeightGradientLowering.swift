import GraphIR
import Operations
import TensorCore

extension ConvolutionWeightGradient: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    if DepthwiseWeightGradientKernel.suits(
      self, input: site.inputShape(0), output: site.inputShape(1))
    {
      try lowerDepthwise(site)
    } else if try !lowerToMatrixProduct(site) {
      try lowerToLibrary(site)
    }
  }

  private func lowerDepthwise(_ site: LoweringSite) throws(ExecutionError) {
    let inputs = [try readable(0, site), try readable(1, site)]
    guard
      let kernel = DepthwiseWeightGradientKernel(
        self, input: (site.inputShape(0), site.draft.descriptor(inputs[0])),
        output: (site.inputShape(1), site.draft.descriptor(inputs[1])))
    else { return try lowerToLibrary(site) }
    let result = try site.draft.makePlainResult(site.id)
    site.add(inputs, result) { inputs, result in kernel.sum(inputs[0], inputs[1], result) }
  }

  /// An input as it is where channels are last, in blocks of channels otherwise.
  private func readable(_ index: Int, _ site: LoweringSite) throws(ExecutionError) -> BufferID {
    let narrow = try DataLayout.channelsLast.descriptor(site.inputShape(index), .bfloat16)
    if let known = site.draft.knownBuffer(site.node.inputs[index], as: narrow) { return known }
    let made = try site.input(index)
    let order = site.draft.descriptor(made).orderOfChannels
    return order == .channelsLast ? made : try site.blockedInput(index)
  }

  /// Of 1×1 convolutions of 16-bit numbers the gradient is one product of matrices, channels times
  /// positions of all samples.
  ///
  /// - Returns: Whether the library has it.
  private func lowerToMatrixProduct(_ site: LoweringSite) throws(ExecutionError) -> Bool {
    let (draft, window) = (site.draft, convolution.window)
    let (input, gradient) = (site.inputShape(0), site.inputShape(1))
    guard draft.options.precision == .bfloat16, convolution.groups == 1,
      (window.strides + kernel).allSatisfy({ $0 == 1 }),
      (window.paddingBefore + window.paddingAfter).allSatisfy({ $0 == 0 })
    else { return false }
    let rows = input.elementCount / max(1, input[1])
    let left = try MemoryDescriptor.strided(
      [gradient[1], rows], strides: [1, gradient[1]], .bfloat16)
    let right = try MemoryDescriptor.plain([rows, input[1]], .bfloat16)
    let product = try MemoryDescriptor.plain([gradient[1], input[1]])
    guard
      let descriptor = try? PrimitiveDescriptor.matrixProduct(
        source: left, weights: right, bias: nil, destination: product,
        attributes: PrimitiveAttributes(), engine: draft.engine), descriptor.isFast
    else { return false }
    func matrix(_ index: Int, _ seen: MemoryDescriptor) throws(ExecutionError) -> BufferID {
      let wanted = try DataLayout.channelsLast.descriptor(site.inputShape(index), .bfloat16)
      return try draft.alias(draft.buffer(site.node.inputs[index], as: wanted), as: seen)
    }
    let result = draft.makeBuffer(product)
    try draft.add(
      descriptor, [(.source, matrix(1, left)), (.weights, matrix(0, right))],
      writes: [(.destination, result)])
    draft.define(site.id, try draft.alias(result, as: .plain(site.node.shape)))
    return true
  }

  private func lowerToLibrary(_ site: LoweringSite) throws(ExecutionError) {
    let draft = site.draft
    // Of 16-bit numbers sums over few positions take longer.
    let operands = ConvolutionOperands(convolution, draft, elementType: .float32)
    let descriptor = try choose(site, operands)
    let input = try draft.buffer(site.node.inputs[0], as: descriptor.required(.source))
    let seed = try draft.buffer(site.node.inputs[1], as: descriptor.required(.destinationGradient))
    let packed = draft.makeBuffer(try descriptor.required(.weightsGradient))
    try draft.add(
      descriptor, [(.source, input), (.destinationGradient, seed)],
      writes: [(.weightsGradient, packed)])
    let plain = try draft.reorder(packed, to: .plain(operands.weightShape(site.node.shape)))
    draft.define(site.id, try draft.alias(plain, as: .plain(site.node.shape)))
  }

  /// The first fast kernel, beginning with one that keeps the layout of the input.
  private func choose(
    _ site: LoweringSite, _ operands: ConvolutionOperands
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    let (source, gradient) = (site.inputShape(0), site.inputShape(1))
    let forward = try operands.forward(
      source: source, weights: site.node.shape, destination: gradient)
    let order = site.draft.descriptor(try site.input(0)).orderOfChannels
    var best: PrimitiveDescriptor?
    for layout in [order, nil, .channelsLast, .channelBlocked(16), .channelBlocked(8)] {
      guard
        let descriptor = try? PrimitiveDescriptor.convolutionBackwardWeights(
          source: operands.descriptor(source, layout),
          weightsGradient: operands.any(operands.weightShape(site.node.shape)),
          biasGradient: nil, destinationGradient: operands.descriptor(gradient, layout),
          window: convolution.window.geometry, forward: forward,
          attributes: PrimitiveAttributes(), engine: site.draft.engine)
      else { continue }
      if descriptor.isFast { return descriptor }
      best = best ?? descriptor
    }
    if let best { return best }
    throw ExecutionError(.unsupported, "no kernel for the gradient of these weights")
  }
}
