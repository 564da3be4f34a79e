import GraphIR
import Operations
import TensorCore

/// Actions bound to memory, in order.
final class CompiledSteps {
  /// The memories that inputs are written to, by label.
  private(set) var inputs: [(label: String, memory: Memory, shape: Shape)] = []

  /// The memories that outputs are read from, in the order of the graph.
  private(set) var outputs: [(name: String, memory: Memory, shape: Shape)] = []

  /// The names of the steps, for profiles.
  let names: [String]

  /// The size of everything but constants, in bytes.
  let arenaByteCount: Int

  private var actions: [Action] = []

  /// The bytes of everything but constants.
  private let claim: ArenaClaim

  /// What is looked for before kernels that would hide it.
  private let guards: NumberGuards

  /// What was looked through of the values that each output depends on, and their rows.
  private let influences: [[(value: ValueID, rows: Int)]]

  /// Lowers every node of a draft, plans its memory in an arena and binds its steps.
  init(_ draft: ProgramDraft, in arena: SharedArena) throws(ExecutionError) {
    let inputBuffers = try Self.lower(draft)
    var outputBuffers: [BufferID] = []
    for output in draft.graph.outputs {
      outputBuffers.append(try draft.plainBuffer(output.value))
    }
    let plan = MemoryPlan(
      buffers: draft.buffers, steps: draft.steps, inputs: inputBuffers.map(\.1),
      outputs: outputBuffers)
    guards = draft.guards
    influences = draft.guards.influences(on: draft.graph).map { values in
      values.map { ($0, max(1, draft.graph[$0].shape.extents.first ?? 1)) }
    }
    names = draft.steps.map(\.name)
    arenaByteCount = plan.byteCount + draft.scratchpadByteCount
    try AvailableMemory.check(arenaByteCount)
    claim = try arena.claim(byteCount: arenaByteCount)
    let memories = try Self.memories(draft, plan, in: claim.buffer)
    let lookUp = { (buffer: BufferID) -> Memory in memories[buffer.index + 1] }
    for step in draft.steps { actions.append(try step.bind(lookUp)) }
    for (input, buffer) in inputBuffers {
      inputs.append((input.label, lookUp(buffer), input.shape))
    }
    for (output, buffer) in zip(draft.graph.outputs, outputBuffers) {
      outputs.append((output.name, lookUp(buffer), draft.graph[output.value].shape))
    }
  }

  /// Whether the last run met what is no number before a kernel that hides it.
  var metUnfitNumbers: Bool { !guards.isClear }

  /// The outputs of the last run.
  func results() -> [Tensor] {
    zip(outputs, influences).map { output, influences in
      let tensor = output.memory.read().reshaped(to: output.shape)
      return guards.isClear ? tensor : guards.honest(tensor, influences: influences)
    }
  }

  /// Runs all steps.
  func run(_ engine: Engine) throws(ExecutionError) {
    guards.clear()
    for action in actions { try action() }
    try engine.wait()
  }

  /// Runs one step, for profiles.
  func runStep(_ index: Int, _ engine: Engine) throws(ExecutionError) {
    try actions[index]()
    try engine.wait()
  }

  private static func lower(_ draft: ProgramDraft) throws(ExecutionError) -> [(Input, BufferID)] {
    var inputs: [(Input, BufferID)] = []
    for (index, node) in draft.graph.nodes.enumerated() {
      if let input = node.operation as? Input {
        inputs.append((input, try draft.makePlainResult(ValueID(index))))
      } else if draft.fusion.isLowered(index) {
        try lower(node, ValueID(index), draft)
      }
    }
    return inputs
  }

  private static func lower(
    _ node: Node, _ id: ValueID, _ draft: ProgramDraft
  ) throws(ExecutionError) {
    let site = LoweringSite(id: id, node: node, draft: draft)
    do throws(ExecutionError) {
      try draft.guards.add(before: id, draft)
      if node.shape.elementCount == 0 {
        _ = try draft.makePlainResult(id)
      } else if let chain = draft.fusion.chains[id.index] {
        try LinearLowering.lower(chain, draft)
      } else if let normalization = draft.fusion.normalizations.byRectifier[id.index] {
        try site.lowerRectified(normalization)
      } else if let operation = node.operation as? any LowerableOperation {
        try operation.lower(site)
      } else {
        throw ExecutionError(
          .unsupported, "there is no kernel for \(type(of: node.operation).name)")
      }
    } catch {
      let inputs = node.inputs.map { "\(draft.graph[$0].shape)" }.joined(separator: ", ")
      let place = node.name ?? "%\(id.index)"
      throw error.at(node: "\(place) (\(type(of: node.operation).name) of \(inputs))")
    }
  }

  /// The scratchpad first, then a memory for every buffer.
  private static func memories(
    _ draft: ProgramDraft, _ plan: MemoryPlan, in arena: AlignedBuffer
  ) throws(ExecutionError) -> [Memory] {
    let floats = max(1, draft.scratchpadByteCount / 4)
    var memories = [
      try Memory(
        .plain(draft.scratchpadByteCount == 0 ? [0] : [floats]), in: arena, at: plan.byteCount,
        engine: draft.engine)
    ]
    for (index, buffer) in draft.buffers.enumerated() {
      switch buffer.storage {
      case .constant(let memory): memories.append(memory)
      case .arena:
        memories.append(
          try Memory(
            buffer.descriptor, in: arena, at: plan.offsets[index] ?? 0, engine: draft.engine))
      case .alias(let root):
        memories.append(
          try memories[root.index + 1].viewed(as: buffer.descriptor, engine: draft.engine))
      }
    }
    return memories
  }
}
