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
    let bare = try descriptor(PrimitiveAttributes())
    let geometry = ConvolutionOperands(convolution, draft)
    let layout = try bare.required(.destination)
    let posts = try PostOperands(chain.steps, destination: layout, draft)
    var descriptor = bare
    if !posts.operations.isEmpty {
      descriptor = try self.descriptor(PrimitiveAttributes(posts.operations), destination: layout)
    }
    let source = try draft.buffer(node.inputs[0], as: descriptor.required(.source))
    let weights = try geometry.weights(node.inputs[1], as: descriptor.required(.weights))
    var reads = [(PrimitiveArgument.source, source), (.weights, weights)]
    if node.inputs.count == 3 {
      reads.append((.bias, try draft.plainBuffer(node.inputs[2])))
    }
    let result = draft.makeResult(chain.tail, layout)
    try draft.add(descriptor, reads + posts.arguments, writes: [(.destination, result)])
  }

  private func descriptor(
    _ attributes: PrimitiveAttributes, destination: MemoryDescriptor? = nil
  ) throws(ExecutionError) -> PrimitiveDescriptor {
    let operands = ConvolutionOperands(convolution, draft)
    var result = try operands.any(node.shape)
    if let destination { result = destination }
    return try .convolution(
      source: operands.any(draft.graph[node.inputs[0]].shape),
      weights: operands.any(operands.weightShape(draft.graph[node.inputs[1]].shape)),
      bias: node.inputs.count == 3 ? .plain(draft.graph[node.inputs[2]].shape) : nil,
      destination: result,
      window: convolution.window.geometry, attributes: attributes, engine: draft.engine)
  }
}

/// How the library wants to see the operands of a convolution.
struct ConvolutionOperands {
  private let convolution: Convolution
  private let draft: ProgramDraft

  init(_ convolution: Convolution, _ draft: ProgramDraft) {
    self.convolution = convolution
    self.draft = draft
  }

  /// A layout that the library chooses, in the numbers that the program computes with.
  func any(_ shape: Shape) throws(ExecutionError) -> MemoryDescriptor {
    try .any(shape, draft.options.precision == .bfloat16 ? .bfloat16 : .float32)
  }

  /// `[O, C / g, taps…]`, or `[g, O / g, C / g, taps…]` when there are groups.
  func weightShape(_ shape: Shape) -> Shape {
    let groups = convolution.groups
    guard groups > 1 else { return shape }
    return Shape([groups, shape[0] / groups] + shape.extents.dropFirst())
  }

  /// The weights in the layout that a kernel asks for; packed once when they are constant.
  func weights(
    _ value: ValueID, as wanted: MemoryDescriptor
  ) throws(ExecutionError) -> BufferID {
    if let packed = draft.packedWeights(value, wanted) { return packed }
    let shape = weightShape(draft.graph[value].shape)
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

extension TransposedConvolution: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let draft = site.draft
    let operands = ConvolutionOperands(convolution, draft)
    let (gradient, weights) = (site.inputShape(0), site.inputShape(1))
    let forward = try operands.forward(
      source: site.node.shape, weights: weights, destination: gradient)
    let descriptor = try PrimitiveDescriptor.convolutionBackwardData(
      sourceGradient: operands.any(site.node.shape),
      weights: operands.any(operands.weightShape(weights)),
      destinationGradient: operands.any(gradient), window: convolution.window.geometry,
      forward: forward, attributes: PrimitiveAttributes(), engine: draft.engine)
    let source = try draft.buffer(
      site.node.inputs[0], as: descriptor.required(.destinationGradient))
    let packed = try operands.weights(site.node.inputs[1], as: descriptor.required(.weights))
    let result = draft.makeResult(site.id, try descriptor.required(.sourceGradient))
    try draft.add(
      descriptor, [(.destinationGradient, source), (.weights, packed)],
      writes: [(.sourceGradient, result)])
  }
}

extension ConvolutionWeightGradient: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    let draft = site.draft
    let operands = ConvolutionOperands(convolution, draft)
    let (source, gradient) = (site.inputShape(0), site.inputShape(1))
    let forward = try operands.forward(
      source: source, weights: site.node.shape, destination: gradient)
    let descriptor = try PrimitiveDescriptor.convolutionBackwardWeights(
      source: operands.any(source),
      weightsGradient: operands.any(operands.weightShape(site.node.shape)), biasGradient: nil,
      destinationGradient: operands.any(gradient), window: convolution.window.geometry,
      forward: forward, attributes: PrimitiveAttributes(), engine: draft.engine)
    let input = try draft.buffer(site.node.inputs[0], as: descriptor.required(.source))
    let seed = try draft.buffer(site.node.inputs[1], as: descriptor.required(.destinationGradient))
    let packed = draft.makeBuffer(try descriptor.required(.weightsGradient))
    try draft.add(
      descriptor, [(.source, input), (.destinationGradient, seed)],
      writes: [(.weightsGradient, packed)])
    let plain = try draft.reorder(packed, to: .plain(operands.weightShape(site.node.shape)))
    draft.define(site.id, try draft.alias(plain, as: .plain(site.node.shape)))
  }
}
