import GraphIR
import Operations
import TensorCore

/// Lowers an elementwise node with all that is inlined into it.
enum ElementwiseLowering {
  static func lower(_ site: LoweringSite) throws(ExecutionError) {
    let draft = site.draft
    let shape = site.node.shape
    let program = ElementwiseProgram(root: site.id, draft.graph, draft.fusion)
    let layout = try layout(program.inputs, site)
    let descriptor = try layout.descriptor(shape, resultType(program.inputs, layout, site))
    if try RectifierGradient(program)?.lower(site, as: descriptor) == true { return }
    var reads: [BufferID] = []
    var operands: [[Int]] = []
    for value in program.inputs {
      let operand = try draft.broadcastOperand(value, to: shape, layout)
      reads.append(operand.buffer)
      operands.append(operand.extents)
    }
    let result = draft.makeResult(site.id, descriptor)
    let kernel = ElementwiseKernel(
      instructions: program.instructions,
      walk: StridedWalk(extents: layout.physicalExtents(shape), operands: operands),
      padding: ChannelPadding(shape, layout))
    site.add(reads, result) { kernel.run($0, $1) }
  }

  /// The layout of the first operand that is as large as the result and not row-major, or what the
  /// users of the result work in.
  private static func layout(
    _ inputs: [ValueID], _ site: LoweringSite
  ) throws(ExecutionError) -> DataLayout {
    let (draft, shape) = (site.draft, site.node.shape)
    for value in inputs
    where draft.graph[value].shape == shape && !draft.fusion.isConstant[value.index] {
      let buffer = try draft.buffer(value)
      if let layout = draft.descriptor(buffer).orderOfChannels, layout != .plain { return layout }
    }
    let isNormalized = draft.fusion.users[site.id.index].contains { user in
      let operation = draft.graph.nodes[user].operation
      return operation is BatchNormalizationSums || operation is BatchNormalizationGradient
    }
    return isNormalized ? .channelBlocked(16) : .plain
  }

  /// The numbers of the result: of 16 bits where an operand has them and all users take them, which
  /// would round the result themselves.
  private static func resultType(
    _ inputs: [ValueID], _ layout: DataLayout, _ site: LoweringSite
  ) throws(ExecutionError) -> ElementType {
    let (draft, shape) = (site.draft, site.node.shape)
    guard draft.options.precision == .bfloat16, layout != .plain,
      ChannelPadding(shape, layout) == nil, draft.fusion.takesNarrowNumbers(site.id, draft.graph)
    else { return .float32 }
    for value in inputs
    where draft.graph[value].shape == shape && !draft.fusion.isConstant[value.index] {
      if draft.descriptor(try draft.buffer(value)) == (try layout.descriptor(shape, .bfloat16)) {
        return .bfloat16
      }
    }
    return .float32
  }
}

extension FusionPlan {
  /// Whether everything that uses a value computes with 16-bit numbers where the program does.
  func takesNarrowNumbers(_ value: ValueID, _ graph: Graph) -> Bool {
    guard !isOutput[value.index] else { return false }
    return users[value.index].allSatisfy { user in
      let node = graph.nodes[user]
      switch node.operation {
      case is Convolution, is TransposedConvolution:
        return node.inputs[0] == value && !node.inputs.dropFirst().contains(value)
      case is ConvolutionWeightGradient: return true
      case let reduction as Reduction: return reduction.sumsAllButChannels(graph[value].shape.rank)
      default: return false
      }
    }
  }
}

extension ProgramDraft {
  /// An operand of an elementwise kernel as the walk over a result of `shape` sees it.
  fileprivate func broadcastOperand(
    _ value: ValueID, to shape: Shape, _ layout: DataLayout
  ) throws(ExecutionError) -> (buffer: BufferID, extents: [Int]) {
    let own = graph[value].shape
    let padded = Shape([Int](repeating: 1, count: shape.rank - own.rank) + own.extents)
    let wanted = padded.rank >= 3 && padded[1] == 1 ? DataLayout.plain : layout
    if own == padded, !fusion.isConstant[value.index] {
      let made = try buffer(value)
      if try descriptor(made) == wanted.descriptor(own, .bfloat16) {
        return (made, extents(padded, wanted, in: layout))
      }
    }
    if own == padded {
      let buffer = try buffer(value, as: wanted.descriptor(own))
      return (buffer, extents(padded, wanted, in: layout))
    }
    let seen = try alias(plainBuffer(value), as: .plain(padded))
    let buffer = try reorder(seen, to: wanted.descriptor(padded))
    return (buffer, extents(padded, wanted, in: layout))
  }

  /// The extents of a buffer along the axes of a result's buffer.
  private func extents(_ shape: Shape, _ own: DataLayout, in layout: DataLayout) -> [Int] {
    if own == layout || shape.rank < 3 { return own.physicalExtents(shape) }
    // One channel: where the result has blocks or trailing channels, this has extent 1.
    return switch layout {
    case .plain: shape.extents
    case .channelBlocked: [shape[0], 1] + shape.positions + [1]
    case .channelsLast: [shape[0]] + shape.positions + [1]
    }
  }
}

extension Unary: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) { try ElementwiseLowering.lower(site) }
}

extension Binary: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) { try ElementwiseLowering.lower(site) }
}

extension Select: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) { try ElementwiseLowering.lower(site) }
}

extension Broadcast: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) { try ElementwiseLowering.lower(site) }
}
