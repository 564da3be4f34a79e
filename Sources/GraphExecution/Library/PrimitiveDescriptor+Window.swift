import CDNNL

/// How a kernel moves over the positions: one entry per spatial axis.
struct WindowGeometry: Hashable, Sendable {
  var strides: [Int]

  /// 1 means neighboring taps.
  var dilations: [Int]

  var paddingBefore: [Int]
  var paddingAfter: [Int]

  fileprivate var libraryStrides: [Int64] { strides.map(Int64.init) }
  fileprivate var libraryDilations: [Int64] { dilations.map { Int64($0 - 1) } }
  fileprivate var libraryPaddingBefore: [Int64] { paddingBefore.map(Int64.init) }
  fileprivate var libraryPaddingAfter: [Int64] { paddingAfter.map(Int64.init) }
}

extension PrimitiveDescriptor {
  /// Convolution of `[N, C, positions…]` with weights `[O, I, taps…]` or `[G, O, I, taps…]`.
  ///
  /// The algorithm of Winograd takes fewer multiplications and rounds a little worse.
  ///
  /// - Throws: `ExecutionError` when the library has no implementation.
  static func convolution(
    source: MemoryDescriptor, weights: MemoryDescriptor, bias: MemoryDescriptor?,
    destination: MemoryDescriptor, window: WindowGeometry, usesWinograd: Bool = false,
    attributes: PrimitiveAttributes, engine: Engine
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    let name = "convolution of \(source.shape) with \(weights.shape) to \(destination.shape)"
    return try unsafe PrimitiveDescriptor(name) { handle in
      unsafe cdnnl_convolution_forward_primitive_desc_create(
        handle, engine.handle, dnnl_forward_inference,
        usesWinograd ? dnnl_convolution_winograd : dnnl_convolution_direct, source.handle,
        weights.handle, bias?.handle, destination.handle, window.libraryStrides,
        window.libraryDilations, window.libraryPaddingBefore, window.libraryPaddingAfter,
        attributes.handle)
    }
  }

  /// What a convolution passes back to its source; also a transposed convolution.
  ///
  /// - Throws: `ExecutionError` when the library has no implementation.
  static func convolutionBackwardData(
    sourceGradient: MemoryDescriptor, weights: MemoryDescriptor,
    destinationGradient: MemoryDescriptor, window: WindowGeometry, forward: PrimitiveDescriptor,
    attributes: PrimitiveAttributes, engine: Engine
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    let shapes = "\(destinationGradient.shape) with \(weights.shape) to \(sourceGradient.shape)"
    return try unsafe PrimitiveDescriptor("convolution backward by data of " + shapes) { handle in
      unsafe cdnnl_convolution_backward_data_primitive_desc_create(
        handle, engine.handle, dnnl_convolution_direct, sourceGradient.handle, weights.handle,
        destinationGradient.handle, window.libraryStrides, window.libraryDilations,
        window.libraryPaddingBefore, window.libraryPaddingAfter, forward.handle,
        attributes.handle)
    }
  }

  /// What a convolution passes back to its weights and bias.
  ///
  /// - Throws: `ExecutionError` when the library has no implementation.
  static func convolutionBackwardWeights(
    source: MemoryDescriptor, weightsGradient: MemoryDescriptor, biasGradient: MemoryDescriptor?,
    destinationGradient: MemoryDescriptor, window: WindowGeometry, forward: PrimitiveDescriptor,
    attributes: PrimitiveAttributes, engine: Engine
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    let shapes = "\(source.shape) and \(destinationGradient.shape) to \(weightsGradient.shape)"
    return try unsafe PrimitiveDescriptor("convolution backward by weights of " + shapes) {
      handle in
      unsafe cdnnl_convolution_backward_weights_primitive_desc_create(
        handle, engine.handle, dnnl_convolution_direct, source.handle, weightsGradient.handle,
        biasGradient?.handle, destinationGradient.handle, window.libraryStrides,
        window.libraryDilations, window.libraryPaddingBefore, window.libraryPaddingAfter,
        forward.handle, attributes.handle)
    }
  }

  /// Pooling; with `keepsWorkspace`, maximum pooling also writes where the maxima were, which
  /// its backward pass reads.
  ///
  /// - Throws: `ExecutionError` when the library has no implementation.
  static func pooling(
    _ kind: PoolingKind, keepsWorkspace: Bool, source: MemoryDescriptor,
    destination: MemoryDescriptor, kernel: [Int], window: WindowGeometry,
    attributes: PrimitiveAttributes, engine: Engine
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    let name = "pooling of \(source.shape) by \(kernel) to \(destination.shape)"
    return try unsafe PrimitiveDescriptor(name) { handle in
      unsafe cdnnl_pooling_forward_primitive_desc_create(
        handle, engine.handle, keepsWorkspace ? dnnl_forward_training : dnnl_forward_inference,
        kind.libraryKind, source.handle, destination.handle, window.libraryStrides,
        kernel.map(Int64.init), window.libraryDilations, window.libraryPaddingBefore,
        window.libraryPaddingAfter, attributes.handle)
    }
  }

  /// What pooling passes back to its source; `forward` was made with a workspace.
  ///
  /// - Throws: `ExecutionError` when the library has no implementation.
  static func poolingBackward(
    _ kind: PoolingKind, sourceGradient: MemoryDescriptor, destinationGradient: MemoryDescriptor,
    kernel: [Int], window: WindowGeometry, forward: PrimitiveDescriptor,
    attributes: PrimitiveAttributes, engine: Engine
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    let shapes = "\(destinationGradient.shape) by \(kernel) to \(sourceGradient.shape)"
    return try unsafe PrimitiveDescriptor("pooling backward of " + shapes) { handle in
      unsafe cdnnl_pooling_backward_primitive_desc_create(
        handle, engine.handle, kind.libraryKind, sourceGradient.handle,
        destinationGradient.handle, window.libraryStrides, kernel.map(Int64.init),
        window.libraryDilations, window.libraryPaddingBefore, window.libraryPaddingAfter,
        forward.handle, attributes.handle)
    }
  }
}
