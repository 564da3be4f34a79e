import CDNNL

/// A primitive that the library has agreed to, with the layouts that it chose.
@safe
final class PrimitiveDescriptor {
  let handle: dnnl_primitive_desc_t

  /// What it computes, for error messages.
  let name: String

  /// Calls `create` with a place for the handle.
  ///
  /// - Throws: `ExecutionError` when the library has no implementation.
  init(
    _ name: String, _ create: (UnsafeMutablePointer<dnnl_primitive_desc_t?>) -> dnnl_status_t
  ) throws(ExecutionError) {
    var made: dnnl_primitive_desc_t?
    let status = unsafe create(&made)
    try check(status, name)
    self.name = name
    unsafe handle = try unsafe created(made, name)
  }

  deinit {
    unsafe dnnl_primitive_desc_destroy(handle)
  }

  /// The layout of the argument of one kind, or nil when the primitive has none.
  ///
  /// - Throws: `ExecutionError` when there is no memory for a copy.
  func descriptor(_ kind: dnnl_query_t, _ index: Int = 0) throws(ExecutionError)
    -> MemoryDescriptor?
  {
    let found = unsafe cdnnl_primitive_desc_query_md(handle, kind, Int32(index))
    guard let found = unsafe found, unsafe cdnnl_memory_desc_ndims(found) > 0 else { return nil }
    return try unsafe MemoryDescriptor.copy(of: found)
  }

  /// The layout of one argument, or nil when the primitive does not take it.
  ///
  /// - Throws: `ExecutionError` when there is no memory for a copy.
  func descriptor(of argument: PrimitiveArgument) throws(ExecutionError) -> MemoryDescriptor? {
    try descriptor(dnnl_query_exec_arg_md, Int(argument.rawValue))
  }

  /// The scratch memory that the caller provides, or nil when none is needed.
  ///
  /// - Throws: `ExecutionError` when there is no memory for a copy.
  func scratchpad() throws(ExecutionError) -> MemoryDescriptor? {
    guard let descriptor = try descriptor(dnnl_query_scratchpad_md), descriptor.byteCount > 0 else {
      return nil
    }
    return descriptor
  }

  /// The implementation's own name, such as `brgconv:avx512_core`.
  var implementation: String {
    var text: UnsafePointer<CChar>?
    let status = unsafe dnnl_primitive_desc_query(
      handle, dnnl_query_impl_info_str, 0, &text)
    guard status == dnnl_success, let text = unsafe text else { return "unknown" }
    return unsafe String(cString: text)
  }
}

extension PrimitiveDescriptor {
  /// Whether the implementation was written for speed; the library's reference ones are not.
  var isFast: Bool { !implementation.hasPrefix("ref") }
}

/// Which operand of a primitive a memory is.
struct PrimitiveArgument: RawRepresentable, Hashable, Sendable {
  let rawValue: Int32

  static let source = PrimitiveArgument(rawValue: DNNL_ARG_SRC)
  static let reorderSource = PrimitiveArgument(rawValue: DNNL_ARG_FROM)
  static let reorderDestination = PrimitiveArgument(rawValue: DNNL_ARG_TO)
  static let secondSource = PrimitiveArgument(rawValue: DNNL_ARG_SRC_1)
  static let weights = PrimitiveArgument(rawValue: DNNL_ARG_WEIGHTS)
  static let bias = PrimitiveArgument(rawValue: DNNL_ARG_BIAS)
  static let destination = PrimitiveArgument(rawValue: DNNL_ARG_DST)
  static let workspace = PrimitiveArgument(rawValue: DNNL_ARG_WORKSPACE)
  static let scratchpad = PrimitiveArgument(rawValue: DNNL_ARG_SCRATCHPAD)
  static let sourceGradient = PrimitiveArgument(rawValue: DNNL_ARG_DIFF_SRC)
  static let weightsGradient = PrimitiveArgument(rawValue: DNNL_ARG_DIFF_WEIGHTS)
  static let biasGradient = PrimitiveArgument(rawValue: DNNL_ARG_DIFF_BIAS)
  static let destinationGradient = PrimitiveArgument(rawValue: DNNL_ARG_DIFF_DST)

  /// The operand of the binary post-operation at `index` in the list of post-operations.
  static func postOperand(_ index: Int) -> PrimitiveArgument {
    PrimitiveArgument(rawValue: cdnnl_post_op_operand(Int32(index)))
  }
}
