import GraphIR
import Operations
import TensorCore

/// Names a buffer of a program under construction.
struct BufferID: Hashable, Sendable {
  let index: Int
}

/// Where a buffer's bytes are.
enum BufferStorage {
  /// In the arena, for as long as somebody reads it.
  case arena
  /// Known since compilation.
  case constant(Memory)
  /// The bytes of another buffer, seen as another shape.
  case alias(BufferID)
}

/// A buffer of a program under construction.
struct DraftBuffer {
  let descriptor: MemoryDescriptor
  let storage: BufferStorage
}

/// What a step does when the program runs.
typealias Action = () throws(ExecutionError) -> Void

/// One step of a program under construction; binding gives it its memories.
struct DraftStep {
  let name: String
  let reads: [BufferID]
  let writes: [BufferID]
  let bind: ((BufferID) -> Memory) throws(ExecutionError) -> Action
}

/// A program under construction: buffers, steps in order, and which buffers hold which values.
final class ProgramDraft {
  let graph: Graph
  let engine: Engine
  let options: ProgramOptions
  let fusion: FusionPlan
  let guards: NumberGuards
  private(set) var buffers: [DraftBuffer] = []
  private(set) var steps: [DraftStep] = []
  private(set) var scratchpadByteCount = 0

  /// The buffers that hold a value, in different layouts; the first is the one it was made in.
  private var variants: [ValueID: [BufferID]] = [:]

  /// Convolution weights in the layouts of the kernels that use them.
  private var packed: [ValueID: [BufferID]] = [:]

  /// Buffers whose bytes are also seen under another descriptor.
  private var aliased: Set<BufferID> = []

  /// The layout for convolutions whose source has none, or nil to leave it to the library.
  ///
  /// Winograd kernels know only one layout; where there are any, everything keeps to it.
  private(set) lazy var preferredLayout: DataLayout? = {
    for node in graph.nodes {
      guard let convolution = node.operation as? Convolution else { continue }
      let operands = ConvolutionOperands(convolution, self)
      guard operands.suitsWinograd(node, in: graph) else { continue }
      let layout = DataLayout.channelBlocked(16)
      let isKnown = try? PrimitiveDescriptor.convolution(
        source: operands.descriptor(graph[node.inputs[0]].shape, layout),
        weights: operands.any(graph[node.inputs[1]].shape), bias: nil,
        destination: operands.descriptor(node.shape, layout),
        window: convolution.window.geometry, usesWinograd: true,
        attributes: PrimitiveAttributes(), engine: engine)
      return isKnown == nil ? nil : layout
    }
    return nil
  }()

  /// Where each max pooling wrote who won, for its gradient.
  var workspaces: [PoolingKey: BufferID] = [:]

  /// Sums over a batch that several nodes need.
  var batchSums: [BatchSums: BufferID] = [:]

  /// Whether constants are shared with other programs: those of a program that is kept.
  private let sharesConstants: Bool

  /// A constant of more bytes is worth sharing.
  private static let smallByteCount = 1 << 16

  init(graph: Graph, engine: Engine, options: ProgramOptions, foldsConstants: Bool = true) {
    sharesConstants = foldsConstants
    self.graph = graph
    self.engine = engine
    self.options = options
    fusion = FusionPlan(graph, foldsConstants: foldsConstants)
    guards = NumberGuards(graph, fusion)
  }

  func descriptor(_ buffer: BufferID) -> MemoryDescriptor { buffers[buffer.index].descriptor }

  /// A new buffer in the arena.
  func makeBuffer(_ descriptor: MemoryDescriptor) -> BufferID {
    makeBuffer(descriptor, .arena)
  }

  private func makeBuffer(_ descriptor: MemoryDescriptor, _ storage: BufferStorage) -> BufferID {
    buffers.append(DraftBuffer(descriptor: descriptor, storage: storage))
    return BufferID(index: buffers.count - 1)
  }

  /// A buffer whose contents are known.
  func makeConstant(_ memory: Memory) -> BufferID {
    makeBuffer(memory.descriptor, .constant(memory))
  }

  /// The bytes of a buffer under another descriptor of equal size.
  func alias(_ buffer: BufferID, as descriptor: MemoryDescriptor) throws(ExecutionError)
    -> BufferID
  {
    switch buffers[buffer.index].storage {
    case .constant(let memory):
      return makeConstant(try memory.viewed(as: descriptor, engine: engine))
    case .arena:
      aliased.insert(buffer)
      return makeBuffer(descriptor, .alias(buffer))
    case .alias(let root): return makeBuffer(descriptor, .alias(root))
    }
  }

  /// Says that a buffer holds a value.
  func define(_ value: ValueID, _ buffer: BufferID) {
    variants[value, default: []].append(buffer)
  }

  /// Says that a value was computed into a new buffer of the given layout, which is returned.
  func makeResult(_ value: ValueID, _ descriptor: MemoryDescriptor) -> BufferID {
    let buffer = makeBuffer(descriptor)
    define(value, buffer)
    return buffer
  }

  /// Whether nobody reads the buffer of a value after the kernel at `node`, so that the kernel may
  /// overwrite it.
  func isLastUse(of value: ValueID, by node: ValueID) -> Bool {
    guard fusion.lastReader(of: value) == node.index, let buffer = variants[value]?.first,
      case .arena = buffers[buffer.index].storage, !(graph[value].operation is Input)
    else { return false }
    return !aliased.contains(buffer)
  }

  /// A new plain buffer for a value.
  func makePlainResult(_ value: ValueID) throws(ExecutionError) -> BufferID {
    makeResult(value, try .plain(graph[value].shape))
  }

  /// Appends a step.
  func add(_ step: DraftStep) {
    steps.append(step)
  }

  /// A buffer that holds a value, in whatever layout it was made in.
  func buffer(_ value: ValueID) throws(ExecutionError) -> BufferID {
    if let buffer = variants[value]?.first { return buffer }
    guard fusion.isConstant[value.index] else {
      throw ExecutionError(.invalidArguments, "value %\(value.index) is used before it is computed")
    }
    let plain = try ConstantEvaluation.memory(of: value, in: graph, engine: engine)
    guard plain.descriptor.byteCount > Self.smallByteCount else {
      let buffer = makeConstant(plain)
      define(value, buffer)
      return buffer
    }
    return makeConstant(
      try shared(plain, as: plain.descriptor) { () throws(ExecutionError) in plain })
  }

  /// A constant value in the layout that a kernel asks for; what it was packed from is not kept.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - seen: How its numbers in row-major order are seen.
  ///   - wanted: The layout.
  /// - Returns: The buffer, the same for all kernels of equal taste.
  /// - Throws: `ExecutionError` when the value cannot be computed or brought to the layout.
  func packedConstant(
    _ value: ValueID, seenAs seen: MemoryDescriptor, to wanted: MemoryDescriptor
  ) throws(ExecutionError) -> BufferID {
    if let packed = packedWeights(value, wanted) { return packed }
    let plain = try ConstantEvaluation.memory(of: value, in: graph, engine: engine)
    let memory = try shared(plain, as: wanted) { () throws(ExecutionError) in
      try reorderNow(plain.viewed(as: seen, engine: engine), to: wanted)
    }
    let packed = makeConstant(memory)
    keepPackedWeights(packed, value)
    return packed
  }

  /// The same numbers of another program, or what `made` makes.
  private func shared(
    _ plain: Memory, as wanted: MemoryDescriptor, made: () throws(ExecutionError) -> Memory
  ) throws(ExecutionError) -> Memory {
    guard sharesConstants else { return try made() }
    return try engine.packedWeights.memory(WeightDigest(plain), as: wanted, packed: made)
  }

  /// A buffer that holds a value in a given layout already.
  func knownBuffer(_ value: ValueID, as wanted: MemoryDescriptor) -> BufferID? {
    variants[value]?.first { descriptor($0) == wanted }
  }

  /// A buffer that holds a value in a given layout, reordered if need be.
  func buffer(_ value: ValueID, as wanted: MemoryDescriptor) throws(ExecutionError) -> BufferID {
    if let buffer = variants[value]?.first(where: { descriptor($0) == wanted }) { return buffer }
    let reordered = try reorder(try buffer(value), to: wanted)
    if reordered != variants[value]?.first { define(value, reordered) }
    return reordered
  }

  /// A buffer that holds a value in row-major order as `Float32`.
  func plainBuffer(_ value: ValueID) throws(ExecutionError) -> BufferID {
    try buffer(value, as: .plain(graph[value].shape))
  }

  /// A buffer with the value of another in a given layout; the same one when it has it already.
  func reorder(_ source: BufferID, to wanted: MemoryDescriptor) throws(ExecutionError) -> BufferID {
    let current = descriptor(source)
    if current == wanted { return source }
    if case .constant(let memory) = buffers[source.index].storage {
      return makeConstant(try reorderNow(memory, to: wanted))
    }
    let reordering = try reordering(from: current, to: wanted)
    let target = makeBuffer(wanted)
    try add(reordering, [(.reorderSource, source)], writes: [(.reorderDestination, target)])
    return target
  }

  private func reordering(
    from current: MemoryDescriptor, to wanted: MemoryDescriptor
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    try .reorder(from: current, to: wanted, attributes: PrimitiveAttributes(), engine: engine)
  }

  /// The numbers of a memory in another layout; the memory itself when it has it already.
  private func reorderNow(
    _ memory: Memory, to wanted: MemoryDescriptor
  ) throws(ExecutionError) -> Memory {
    if memory.descriptor == wanted { return memory }
    let reordering = try reordering(from: memory.descriptor, to: wanted)
    let target = try Memory(allocating: wanted, engine: engine)
    var arguments = [(PrimitiveArgument.reorderSource, memory), (.reorderDestination, target)]
    if let scratchpad = try reordering.scratchpad() {
      arguments.append((.scratchpad, try Memory(allocating: scratchpad, engine: engine)))
    }
    try Primitive(reordering).execute(arguments, on: engine)
    try engine.wait()
    return target
  }

  /// Appends a primitive of the library.
  func add(
    _ primitiveDescriptor: PrimitiveDescriptor, _ reads: [(PrimitiveArgument, BufferID)],
    writes: [(PrimitiveArgument, BufferID)]
  ) throws(ExecutionError) {
    let engine = engine
    let primitive = try Primitive(primitiveDescriptor)
    let scratchpad = try primitiveDescriptor.scratchpad()
    scratchpadByteCount = max(scratchpadByteCount, scratchpad?.byteCount ?? 0)
    add(
      DraftStep(
        name: primitiveDescriptor.name + " (\(primitiveDescriptor.implementation))",
        reads: reads.map(\.1), writes: writes.map(\.1)
      ) { (memory) throws(ExecutionError) in
        var arguments: [(PrimitiveArgument, Memory)] = []
        for (argument, buffer) in reads + writes { arguments.append((argument, memory(buffer))) }
        if let scratchpad {
          let shared = memory(Self.scratchpad)
          arguments.append((.scratchpad, try shared.viewed(as: scratchpad, engine: engine)))
        }
        let call = PrimitiveCall(primitive, arguments)
        return { () throws(ExecutionError) in try call.execute(on: engine) }
      })
  }

  /// Weights that were packed before for another kernel of equal taste.
  func packedWeights(_ value: ValueID, _ wanted: MemoryDescriptor) -> BufferID? {
    packed[value]?.first { descriptor($0) == wanted }
  }

  /// Remembers packed weights.
  func keepPackedWeights(_ buffer: BufferID, _ value: ValueID) {
    packed[value, default: []].append(buffer)
  }

  /// The scratch memory that all primitives share.
  static let scratchpad = BufferID(index: -1)
}

/// Which pooling of which value.
struct PoolingKey: Hashable {
  let value: ValueID
  let pooling: AnyHashable
}
