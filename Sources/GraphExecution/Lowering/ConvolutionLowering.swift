import GraphIR
import Operations
import TensorCore

/// Lowers a convolution: layouts are chosen by the library and kept by its neighbors.
struct ConvolutionLowering {
  private let convolution: Convolution
  private let chain: LinearChain
  private let draft: ProgramDraft
  private let node: Node

  init(_ convolution: Convolution, _ chain: LinearChain, _ draft: ProgramDraft) {
    self.convolution = convolution
    self.chain = chain
    self.draft = draft
    node = draft.graph[chain.head]
  }

  func lower() throws(ExecutionError) {
    let operands = ConvolutionOperands(convolution, draft)
    let choice = try choose()
    let source = try draft.buffer(node.inputs[0], as: choice.descriptor.required(.source))
    let weights = try operands.weights(
      node.inputs[1], as: choice.descriptor.required(.weights))
    var reads = [(PrimitiveArgument.source, source), (.weights, weights)]
    if let bias = try bias() { reads.append((.bias, bias)) }
    reads += try choice.posts.arguments(draft)
    let layout = try choice.descriptor.required(.destination)
    if let addend, addsInPlace {
      let result = try draft.buffer(addend, as: layout)
      draft.define(chain.tail, result)
      try draft.add(choice.descriptor, reads, writes: [(.destination, result)])
    } else {
      let result = draft.makeResult(chain.tail, layout)
      try draft.add(choice.descriptor, reads, writes: [(.destination, result)])
    }
  }

  /// The bias: an input, or an offset that is the same for all channels.
  private func bias() throws(ExecutionError) -> BufferID? {
    if node.inputs.count == 3 { return try draft.plainBuffer(node.inputs[2]) }
    guard case .offset(let number)? = chain.steps.first else { return nil }
    let memory = try Memory(allocating: .plain([node.shape[1]]), engine: draft.engine)
    memory.write([Float](repeating: number, count: node.shape[1]))
    return draft.makeConstant(memory)
  }

  private var hasBias: Bool { node.inputs.count == 3 || steps.count < chain.steps.count }

  /// What follows the convolution and its bias.
  private var steps: [PostStep] {
    guard case .offset? = chain.steps.first else { return chain.steps }
    return Array(chain.steps.dropFirst())
  }

  /// The value that is added to the result, if any.
  private var addend: ValueID? {
    for step in chain.steps { if case .add(let value) = step { return value } }
    return nil
  }

  /// Whether the buffer of what is added may become the buffer of the result.
  private var addsInPlace: Bool {
    // What the convolution still reads must not be overwritten.
    guard let addend, !node.inputs.contains(addend) else { return false }
    return draft.isLastUse(of: addend, by: chain.tail)
  }

  private typealias Choice = (descriptor: PrimitiveDescriptor, posts: PostOperands)

  /// The first fast kernel, beginning with one that keeps the layout of the source.
  private func choose() throws(ExecutionError) -> Choice {
    if ConvolutionOperands(convolution, draft).suitsWinograd(node, in: draft.graph),
      let choice = try? choice(in: .channelBlocked(16), usesWinograd: true)
    {
      return choice
    }
    let source = draft.descriptor(try draft.buffer(node.inputs[0])).orderOfChannels
    let kept = source == .plain ? draft.preferredLayout : source
    let layouts = [kept, nil, .channelsLast, .channelBlocked(16), .channelBlocked(8), .plain]
    var best: Choice?
    for (index, layout) in layouts.enumerated() where index != 0 || kept != nil {
      guard let choice = try? choice(in: layout) else { continue }
      if choice.descriptor.isFast { return choice }
      if best == nil { best = choice }
    }
    if let best { return best }
    return try choice(in: nil)
  }

  /// The kernel for one layout of source and destination, or for one that the library chooses.
  private func choice(
    in layout: DataLayout?, usesWinograd: Bool = false
  ) throws(ExecutionError) -> Choice {
    let operands = ConvolutionOperands(convolution, draft)
    var destination = try operands.descriptor(node.shape, layout)
    if layout == nil, addend != nil {
      let bare = try descriptor(PrimitiveAttributes(), layout, destination: destination)
      destination = try bare.required(.destination)
    }
    let posts = try PostOperands(
      steps, destination: destination, addsInPlace: addsInPlace)
    let descriptor = try descriptor(
      PrimitiveAttributes(posts.operations), layout, destination: destination,
      usesWinograd: usesWinograd)
    return (descriptor, posts)
  }

  private func descriptor(
    _ attributes: PrimitiveAttributes, _ layout: DataLayout?, destination: MemoryDescriptor,
    usesWinograd: Bool = false
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    let operands = ConvolutionOperands(convolution, draft)
    let shape = draft.graph[node.inputs[0]].shape
    // Pictures and spectra with their few channels are read as they are or by the pixel.
    let sourceLayout = shape[1] < 8 && layout != .plain ? nil : layout
    return try .convolution(
      source: operands.descriptor(shape, sourceLayout),
      weights: operands.any(operands.weightShape(draft.graph[node.inputs[1]].shape)),
      bias: hasBias ? .plain([node.shape[1]]) : nil,
      destination: destination, window: convolution.window.geometry, usesWinograd: usesWinograd,
      attributes: attributes, engine: draft.engine)
  }
}

/// How the library wants to see the operands of a convolution.
struct ConvolutionOperands {
  private let convolution: Convolution
  private let draft: ProgramDraft
  private let elementType: ElementType

  /// Takes a convolution.
  ///
  /// - Parameters:
  ///   - convolution: The convolution.
  ///   - draft: The program.
  ///   - elementType: The numbers that are multiplied; nil for those that the program computes with.
  init(_ convolution: Convolution, _ draft: ProgramDraft, elementType: ElementType? = nil) {
    self.convolution = convolution
    self.draft = draft
    self.elementType =
      elementType ?? (draft.options.precision == .bfloat16 ? .bfloat16 : .float32)
  }

  /// A layout that the library chooses, in the numbers that the program computes with.
  func any(_ shape: Shape) throws(ExecutionError) -> MemoryDescriptor {
    try .any(shape, elementType)
  }

  /// A layout, or one that the library chooses, in the numbers that the program computes with.
  func descriptor(
    _ shape: Shape, _ layout: DataLayout?
  ) throws(ExecutionError) -> MemoryDescriptor {
    guard let layout else { return try any(shape) }
    return try layout.descriptor(shape, elementType)
  }

  /// Whether the algorithm of Winograd computes the convolution at `node`: 3×3 taps next to each
  /// other, whole blocks of channels, and enough channels or positions that it is worth its rounding
  /// errors, which narrow networks suffer from most.
  func suitsWinograd(_ node: Node, in graph: Graph) -> Bool {
    let weights = graph[node.inputs[1]].shape
    let narrowest = min(weights[0], weights[1])
    return draft.options.precision == .float32 && convolution.groups == 1
      && weights.positions == [3, 3]
      && (convolution.window.strides + convolution.window.dilations).allSatisfy { $0 == 1 }
      && (narrowest >= 128 || narrowest >= 64 && node.shape.positions.reduce(1, *) >= 1024)
      && weights[0] % 16 == 0 && weights[1] % 16 == 0
  }

  /// `[O, C / g, taps…]`, or `[g, O / g, C / g, taps…]` when there are groups.
  func weightShape(_ shape: Shape) -> Shape {
    let groups = convolution.groups
    guard groups > 1 else { return shape }
    return Shape([groups, shape[0] / groups] + shape.extents.dropFirst())
  }

  /// The weights in the layout that a kernel asks for; packed once.
  func weights(
    _ value: ValueID, as wanted: MemoryDescriptor
  ) throws(ExecutionError) -> BufferID {
    let shape = weightShape(draft.graph[value].shape)
    if draft.fusion.isConstant[value.index] {
      return try draft.packedConstant(value, seenAs: .plain(shape), to: wanted)
    }
    if let packed = draft.packedWeights(value, wanted) { return packed }
    let seen = try draft.alias(draft.plainBuffer(value), as: .plain(shape))
    let packed = try draft.reorder(seen, to: wanted)
    draft.keepPackedWeights(packed, value)
    return packed
  }

  /// The forward descriptor that backward ones are derived from.
  func forward(
    source: Shape, weights: Shape, destination: Shape
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    try .convolution(
      source: any(source), weights: any(weightShape(weights)), bias: nil,
      destination: any(destination), window: convolution.window.geometry,
      attributes: PrimitiveAttributes(), engine: draft.engine)
  }
}

extension SlidingWindow {
  /// The window as the library takes it.
  var geometry: WindowGeometry {
    WindowGeometry(
      strides: strides, dilations: dilations, paddingBefore: paddingBefore,
      paddingAfter: paddingAfter)
  }
}

extension PrimitiveDescriptor {
  /// The layout of an argument that the primitive has.
  ///
  /// - Throws: `ExecutionError` when it has no such argument.
  func required(_ argument: PrimitiveArgument) throws(ExecutionError) -> MemoryDescriptor {
    guard let descriptor = try descriptor(of: argument) else {
      throw ExecutionError(.libraryFailure, "\(name) lacks argument \(argument.rawValue)")
    }
    return descriptor
  }
}
