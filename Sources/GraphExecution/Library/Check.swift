import CDNNL

/// Throws what `status` means unless it is success; every call of the library goes through here.
///
/// - Parameters:
///   - status: What the library returned.
///   - name: The function, and whatever the reader of the error needs to know of its arguments.
/// - Throws: `ExecutionError` naming the function and the status.
func check(_ status: dnnl_status_t, _ name: @autoclosure () -> String) throws(ExecutionError) {
  switch status {
  case dnnl_success:
    return
  case dnnl_unimplemented:
    throw ExecutionError(
      .unsupported, "oneDNN has no implementation of \(name()) for these shapes and types")
  case dnnl_invalid_arguments:
    throw ExecutionError(.invalidArguments, "oneDNN refuses the arguments of \(name())")
  case dnnl_out_of_memory:
    throw ExecutionError(
      .outOfMemory, "not enough memory for \(name()); use fewer samples or smaller inputs")
  default:
    throw ExecutionError(
      .libraryFailure, "oneDNN's \(name()) failed with status \(status.rawValue)")
  }
}

/// The handle that a successful call has filled in.
///
/// - Throws: `ExecutionError` when the library reported success and left the handle empty.
func created(_ handle: OpaquePointer?, _ name: String) throws(ExecutionError) -> OpaquePointer {
  guard let handle = unsafe handle else {
    throw ExecutionError(.libraryFailure, "oneDNN's \(name) returned nothing")
  }
  return unsafe handle
}
