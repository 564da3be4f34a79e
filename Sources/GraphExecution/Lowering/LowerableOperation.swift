import GraphIR
import TensorCore

/// An operation that can be turned into steps of a program.
protocol LowerableOperation: GraphIR.Operation {
  /// Adds the steps that compute the value at `site`.
  ///
  /// - Throws: `ExecutionError` when no kernel does it.
  func lower(_ site: LoweringSite) throws(ExecutionError)
}

/// The place of an operation that is being lowered.
struct LoweringSite {
  /// The value to be computed.
  let id: ValueID

  /// Its node.
  let node: Node

  /// Where steps are added.
  let draft: ProgramDraft

  /// The shape of one input.
  func inputShape(_ index: Int) -> Shape { draft.graph[node.inputs[index]].shape }

  /// A buffer with one input in row-major order.
  func plainInput(_ index: Int) throws(ExecutionError) -> BufferID {
    try draft.plainBuffer(node.inputs[index])
  }

  /// A buffer with one input in whatever layout it has.
  func input(_ index: Int) throws(ExecutionError) -> BufferID {
    try draft.buffer(node.inputs[index])
  }

  /// Adds a step of our own that reads and writes plain or walkable buffers.
  func add(
    _ reads: [BufferID], _ write: BufferID, _ run: @escaping ([Memory], Memory) -> Void
  ) {
    draft.add(
      DraftStep(name: type(of: node.operation).name, reads: reads, writes: [write]) { memory in
        let inputs = reads.map(memory)
        let output = memory(write)
        return { run(inputs, output) }
      })
  }
}
