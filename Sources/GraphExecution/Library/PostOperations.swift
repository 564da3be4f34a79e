import CDNNL

/// What a primitive does to each value before storing it, in order.
enum PostOperation: Hashable {
  /// `f(x)`; what alpha and beta mean depends on the function.
  case elementwise(ElementwiseKind, alpha: Float = 0, beta: Float = 0)

  /// `x + scale · (what the destination held)`.
  case sum(scale: Float = 1)

  /// `x ∘ operand`; the operand broadcasts along axes of extent 1.
  case binary(BinaryKind, MemoryDescriptor)
}

/// Settings of a primitive: post-operations, and scratch memory provided by the caller.
@safe
final class PrimitiveAttributes {
  let handle: dnnl_primitive_attr_t

  /// Creates attributes.
  ///
  /// - Parameters:
  ///   - postOperations: In the order in which they apply.
  ///   - usesOwnScratchpad: Whether the library allocates scratch memory for each primitive; if
  ///     not, `PrimitiveDescriptor.scratchpad` says what `.scratchpad` has to be given.
  /// - Throws: `ExecutionError` when the library refuses a post-operation.
  init(_ postOperations: [PostOperation] = [], usesOwnScratchpad: Bool = false)
    throws(ExecutionError)
  {
    var made: dnnl_primitive_attr_t?
    try unsafe check(dnnl_primitive_attr_create(&made), "dnnl_primitive_attr_create")
    unsafe handle = try unsafe created(made, "dnnl_primitive_attr_create")
    if !usesOwnScratchpad {
      try unsafe check(
        dnnl_primitive_attr_set_scratchpad_mode(handle, dnnl_scratchpad_mode_user),
        "dnnl_primitive_attr_set_scratchpad_mode")
    }
    guard !postOperations.isEmpty else { return }
    var list: dnnl_post_ops_t?
    try unsafe check(dnnl_post_ops_create(&list), "dnnl_post_ops_create")
    defer { unsafe dnnl_post_ops_destroy(list) }
    for operation in postOperations {
      try unsafe Self.append(operation, to: created(list, "dnnl_post_ops_create"))
    }
    try unsafe check(
      dnnl_primitive_attr_set_post_ops(handle, list), "dnnl_primitive_attr_set_post_ops")
  }

  deinit {
    unsafe dnnl_primitive_attr_destroy(handle)
  }

  private static func append(_ operation: PostOperation, to list: dnnl_post_ops_t)
    throws(ExecutionError)
  {
    switch operation {
    case .elementwise(let kind, let alpha, let beta):
      try unsafe check(
        cdnnl_post_ops_append_eltwise(list, kind.libraryKind, alpha, beta),
        "post-operation \(kind)")
    case .sum(let scale):
      try unsafe check(cdnnl_post_ops_append_sum(list, scale), "post-operation sum")
    case .binary(let kind, let operand):
      try unsafe check(
        cdnnl_post_ops_append_binary(list, kind.libraryKind, operand.handle),
        "post-operation \(kind)")
    }
  }
}
