import CDNNL

extension PrimitiveDescriptor {
  /// A copy into another layout or number format.
  ///
  /// - Throws: `ExecutionError` when the library has no implementation.
  static func reorder(
    from source: MemoryDescriptor, to destination: MemoryDescriptor,
    attributes: PrimitiveAttributes, engine: Engine
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    try unsafe PrimitiveDescriptor("reorder of \(source) to \(destination)") { handle in
      unsafe cdnnl_reorder_primitive_desc_create(
        handle, engine.handle, source.handle, destination.handle, attributes.handle)
    }
  }

  /// The product of `[…, M, K]` and `[…, K, N]`, with leading axes that are equal or 1.
  ///
  /// The bias has the rank of the destination and extents that are 1 or equal.
  ///
  /// - Throws: `ExecutionError` when the library has no implementation.
  static func matrixProduct(
    source: MemoryDescriptor, weights: MemoryDescriptor, bias: MemoryDescriptor?,
    destination: MemoryDescriptor, attributes: PrimitiveAttributes, engine: Engine
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    let name = "matrix product of \(source.shape) and \(weights.shape)"
    return try unsafe PrimitiveDescriptor(name) { handle in
      unsafe cdnnl_matmul_primitive_desc_create(
        handle, engine.handle, source.handle, weights.handle, bias?.handle, destination.handle,
        attributes.handle)
    }
  }

  /// `[N, features…]` times the transpose of `[O, features…]`, plus a bias of `[O]`.
  ///
  /// - Throws: `ExecutionError` when the library has no implementation.
  static func innerProduct(
    source: MemoryDescriptor, weights: MemoryDescriptor, bias: MemoryDescriptor?,
    destination: MemoryDescriptor, attributes: PrimitiveAttributes, engine: Engine
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    let name = "inner product of \(source.shape) and \(weights.shape)"
    return try unsafe PrimitiveDescriptor(name) { handle in
      unsafe cdnnl_inner_product_forward_primitive_desc_create(
        handle, engine.handle, dnnl_forward_inference, source.handle, weights.handle,
        bias?.handle, destination.handle, attributes.handle)
    }
  }

  /// A function of each value; source and destination have one layout and may be one buffer.
  ///
  /// - Throws: `ExecutionError` when the library has no implementation.
  static func elementwise(
    _ kind: ElementwiseKind, alpha: Float = 0, beta: Float = 0, data: MemoryDescriptor,
    attributes: PrimitiveAttributes, engine: Engine
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    try unsafe PrimitiveDescriptor("\(kind) of \(data.shape)") { handle in
      unsafe cdnnl_eltwise_forward_primitive_desc_create(
        handle, engine.handle, dnnl_forward_inference, kind.libraryKind, data.handle, alpha,
        beta, attributes.handle)
    }
  }

  /// What a rectifier passes back, given its result (`destination`); gradients have the layout of
  /// the result.
  ///
  /// - Throws: `ExecutionError` when the library has no implementation.
  static func rectifierBackward(
    _ bounds: RectifierBounds, data: MemoryDescriptor, attributes: PrimitiveAttributes,
    engine: Engine
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    let (kind, alpha, beta) = (bounds.libraryKind, bounds.lower, bounds.upper ?? 0)
    let forward = try unsafe PrimitiveDescriptor("rectifier of \(data.shape)") { handle in
      unsafe cdnnl_eltwise_forward_primitive_desc_create(
        handle, engine.handle, dnnl_forward_training, kind, data.handle, alpha, beta,
        attributes.handle)
    }
    return try unsafe PrimitiveDescriptor("rectifier backward of \(data.shape)") { handle in
      unsafe cdnnl_eltwise_backward_primitive_desc_create(
        handle, engine.handle, kind, data.handle, alpha, beta, forward.handle, attributes.handle)
    }
  }

  /// A function of two values; the second source broadcasts along its axes of extent 1.
  ///
  /// - Throws: `ExecutionError` when the library has no implementation.
  static func binary(
    _ kind: BinaryKind, _ left: MemoryDescriptor, _ right: MemoryDescriptor,
    destination: MemoryDescriptor, attributes: PrimitiveAttributes, engine: Engine
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    try unsafe PrimitiveDescriptor("\(kind) of \(left.shape) and \(right.shape)") { handle in
      unsafe cdnnl_binary_primitive_desc_create(
        handle, engine.handle, kind.libraryKind, left.handle, right.handle, destination.handle,
        attributes.handle)
    }
  }

  /// Softmax along one axis, or its logarithm.
  ///
  /// - Throws: `ExecutionError` when the library has no implementation.
  static func softmax(
    source: MemoryDescriptor, destination: MemoryDescriptor, axis: Int, isLogarithmic: Bool,
    attributes: PrimitiveAttributes, engine: Engine
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    try unsafe PrimitiveDescriptor("softmax of \(source.shape)") { handle in
      unsafe cdnnl_softmax_forward_primitive_desc_create(
        handle, engine.handle, dnnl_forward_inference,
        isLogarithmic ? dnnl_softmax_log : dnnl_softmax_accurate, source.handle,
        destination.handle, Int32(axis), attributes.handle)
    }
  }

  /// A reduction of the axes whose extent in the destination is 1.
  ///
  /// - Throws: `ExecutionError` when the library has no implementation.
  static func reduction(
    _ kind: ReductionKind, source: MemoryDescriptor, destination: MemoryDescriptor,
    attributes: PrimitiveAttributes, engine: Engine
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    let name = "\(kind) of \(source.shape) to \(destination.shape)"
    return try unsafe PrimitiveDescriptor(name) { handle in
      unsafe cdnnl_reduction_primitive_desc_create(
        handle, engine.handle, kind.libraryKind, source.handle, destination.handle, 0, 0,
        attributes.handle)
    }
  }
}
