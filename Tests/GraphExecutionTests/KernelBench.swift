import TensorCore

@testable import GraphExecution

/// Runs single primitives on the kernel thread, with plain arguments.
struct KernelBench {
  let engine: Engine
  let attributes: PrimitiveAttributes

  static func onKernelThread<Value>(
    _ postOperations: [PostOperation] = [],
    _ body: (KernelBench) throws(ExecutionError) -> Value
  ) throws(ExecutionError) -> Value {
    try KernelThread.shared.run { () throws(ExecutionError) in
      try body(
        KernelBench(
          engine: Engine(), attributes: PrimitiveAttributes(postOperations)))
    }
  }

  func plain(_ extents: Int...) throws(ExecutionError) -> MemoryDescriptor {
    try .plain(Shape(extents))
  }

  func memory(_ tensor: Tensor) throws(ExecutionError) -> Memory {
    let memory = try Memory(allocating: .plain(tensor.shape), engine: engine)
    memory.write(tensor.elements)
    return memory
  }

  /// Runs a primitive whose arguments are all plain, and returns one of its results.
  func run(
    _ descriptor: PrimitiveDescriptor, _ inputs: [PrimitiveArgument: Tensor],
    result: PrimitiveArgument = .destination, others: [PrimitiveArgument: Memory] = [:]
  ) throws(ExecutionError) -> Tensor {
    var arguments: [(PrimitiveArgument, Memory)] = others.map { ($0.key, $0.value) }
    for (argument, tensor) in inputs { arguments.append((argument, try memory(tensor))) }
    if let scratchpad = try descriptor.descriptor(of: .scratchpad) {
      arguments.append((.scratchpad, try Memory(allocating: scratchpad, engine: engine)))
    }
    guard let layout = try descriptor.descriptor(of: result) else {
      throw ExecutionError(.invalidArguments, "\(descriptor.name) has no such result")
    }
    let output = try Memory(allocating: layout, engine: engine)
    arguments.append((result, output))
    try Primitive(descriptor).execute(arguments, on: engine)
    try engine.wait()
    return output.read()
  }
}

extension Tensor {
  /// A tensor of small whole numbers, which `Float` sums exactly.
  init(_ shape: Shape, _ elements: [Int]) {
    self.init(shape: shape, elements: elements.map { Float($0) })
  }
}
