import CDNNL

/// Compiled code for one primitive descriptor.
@safe
final class Primitive {
  let descriptor: PrimitiveDescriptor
  let handle: dnnl_primitive_t

  /// Generates the code, about a millisecond for a convolution that is new to the library's cache.
  ///
  /// - Throws: `ExecutionError` when the library fails.
  init(_ descriptor: PrimitiveDescriptor) throws(ExecutionError) {
    self.descriptor = descriptor
    var made: dnnl_primitive_t?
    try unsafe check(dnnl_primitive_create(&made, descriptor.handle), descriptor.name)
    unsafe handle = try unsafe created(made, descriptor.name)
  }

  deinit {
    unsafe dnnl_primitive_destroy(handle)
  }

  /// Runs once with these memories; the layouts are those that the descriptor asks for.
  ///
  /// - Throws: `ExecutionError` when the library fails.
  func execute(_ arguments: [(PrimitiveArgument, Memory)], on engine: Engine)
    throws(ExecutionError)
  {
    try PrimitiveCall(self, arguments).execute(on: engine)
  }
}

/// A primitive with its arguments, to run many times without allocating.
@safe
struct PrimitiveCall {
  let primitive: Primitive
  private let arguments: [dnnl_exec_arg_t]
  private let memories: [Memory]

  /// Binds the memories, which are kept alive.
  init(_ primitive: Primitive, _ arguments: [(PrimitiveArgument, Memory)]) {
    self.primitive = primitive
    memories = arguments.map(\.1)
    unsafe self.arguments = unsafe arguments.map { argument, memory in
      unsafe dnnl_exec_arg_t(arg: argument.rawValue, memory: memory.handle)
    }
  }

  /// Runs the primitive; call `Engine.wait` before reading results.
  ///
  /// - Throws: `ExecutionError` when the library fails.
  func execute(on engine: Engine) throws(ExecutionError) {
    let status = unsafe dnnl_primitive_execute(
      primitive.handle, engine.stream, Int32(arguments.count), arguments)
    try check(status, primitive.descriptor.name)
  }
}
