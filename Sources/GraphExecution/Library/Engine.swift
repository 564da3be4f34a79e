import CDNNL

/// The library's CPU engine and the stream that runs primitives on it.
///
/// Creating and executing primitives is confined to the kernel thread, see ``KernelThread``.
@safe
final class Engine: @unchecked Sendable {
  // Handles are set once; whoever uses them or the weights is on the kernel thread.
  let handle: dnnl_engine_t
  let stream: dnnl_stream_t

  /// The constants of the programs on this engine.
  let packedWeights = PackedWeights()

  /// Creates an engine on the first CPU device, and a stream.
  ///
  /// - Throws: `ExecutionError` when the library refuses the device.
  init() throws(ExecutionError) {
    var engine: dnnl_engine_t?
    try unsafe check(dnnl_engine_create(&engine, dnnl_cpu, 0), "dnnl_engine_create")
    let made = try unsafe created(engine, "dnnl_engine_create")
    var stream: dnnl_stream_t?
    let status = unsafe dnnl_stream_create(&stream, made, UInt32(dnnl_stream_in_order.rawValue))
    if status != dnnl_success { unsafe dnnl_engine_destroy(made) }
    try check(status, "dnnl_stream_create")
    unsafe self.handle = made
    unsafe self.stream = try unsafe created(stream, "dnnl_stream_create")
  }

  /// The engine of this process, or why the library refused to make it.
  static let made = Result { () throws(ExecutionError) in try Engine() }

  /// The engine of this process.
  ///
  /// - Throws: `ExecutionError` when the library refused to make it.
  static func shared() throws(ExecutionError) -> Engine { try made.get() }

  deinit {
    unsafe dnnl_stream_destroy(stream)
    unsafe dnnl_engine_destroy(handle)
  }

  /// Waits until everything submitted to the stream has run.
  ///
  /// - Throws: `ExecutionError` when a kernel failed.
  func wait() throws(ExecutionError) {
    try unsafe check(dnnl_stream_wait(stream), "dnnl_stream_wait")
  }

  /// The version of the library that is loaded, such as `3.7.1`.
  static var libraryVersion: String {
    guard let version = unsafe dnnl_version()?.pointee else { return "unknown" }
    return unsafe "\(version.major).\(version.minor).\(version.patch)"
  }
}
