import GraphIR
import Operations
import TensorCore

extension TransposedConvolution: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let draft = site.draft
    let operands = ConvolutionOperands(convolution, draft)
    if try lowerToConvolution(site, operands) { return }
    let descriptor = try choose(site, operands)
    let source = try draft.buffer(
      site.node.inputs[0], as: descriptor.required(.destinationGradient))
    let packed = try operands.weights(site.node.inputs[1], as: descriptor.required(.weights))
    let result = draft.makeResult(site.id, try descriptor.required(.sourceGradient))
    try draft.add(
      descriptor, [(.destinationGradient, source), (.weights, packed)],
      writes: [(.sourceGradient, result)])
  }

  /// The first fast kernel, beginning with one that keeps the layout of the gradient.
  private func choose(
    _ site: LoweringSite, _ operands: ConvolutionOperands
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    let draft = site.draft
    let (gradient, weights) = (site.inputShape(0), site.inputShape(1))
    let forward = try operands.forward(
      source: site.node.shape, weights: weights, destination: gradient)
    let order = draft.descriptor(try site.input(0)).orderOfChannels
    let kept = order == .plain ? try forward.required(.source).orderOfChannels : order
    var best: PrimitiveDescriptor?
    for layout in [kept, nil, .channelBlocked(16), .channelBlocked(8)] {
      guard
        let descriptor = try? PrimitiveDescriptor.convolutionBackwardData(
          sourceGradient: operands.descriptor(site.node.shape, layout),
          weights: operands.any(operands.weightShape(weights)),
          destinationGradient: operands.descriptor(gradient, layout),
          window: convolution.window.geometry, forward: forward,
          attributes: PrimitiveAttributes(), engine: draft.engine)
      else { continue }
      if descriptor.isFast { return descriptor }
      best = best ?? descriptor
    }
    if let best { return best }
    throw ExecutionError(.unsupported, "no kernel for the gradient of this convolution")
  }

  /// Of 1×1 convolutions of 16-bit numbers the adjoint is the convolution with inputs and outputs of the
  /// weights exchanged, for which the library has faster kernels.
  ///
  /// - Returns: Whether it was added.
  private func lowerToConvolution(
    _ site: LoweringSite, _ operands: ConvolutionOperands
  ) throws(ExecutionError) -> Bool {
    let (draft, window, weights) = (site.draft, convolution.window, site.inputShape(1))
    guard draft.options.precision == .bfloat16, convolution.groups == 1,
      (window.strides + weights.positions).allSatisfy({ $0 == 1 }),
      (window.paddingBefore + window.paddingAfter).allSatisfy({ $0 == 0 })
    else { return false }
    let exchanged = Shape([weights[1], weights[0]] + weights.positions)
    guard
      let descriptor = try? PrimitiveDescriptor.convolution(
        source: operands.descriptor(site.inputShape(0), .channelsLast),
        weights: operands.any(exchanged), bias: nil,
        destination: operands.descriptor(site.node.shape, .channelsLast),
        window: window.geometry, attributes: PrimitiveAttributes(), engine: draft.engine),
      descriptor.isFast
    else { return false }
    let source = try draft.buffer(site.node.inputs[0], as: descriptor.required(.source))
    let seen = try draft.alias(
      site.plainInput(1),
      as: .strided(exchanged, strides: [1, weights[1]] + weights.positions.map { _ in 1 }))
    let packed = try draft.reorder(seen, to: descriptor.required(.weights))
    let result = draft.makeResult(site.id, try descriptor.required(.destination))
    try draft.add(
      descriptor, [(.source, source), (.weights, packed)], writes: [(.destination, result)])
    return true
  }
}
