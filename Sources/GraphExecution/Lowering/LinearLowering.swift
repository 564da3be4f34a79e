import GraphIR
import Operations
import TensorCore

/// Lowers a linear operation together with what is fused behind it.
enum LinearLowering {
  static func lower(_ chain: LinearChain, _ draft: ProgramDraft) throws(ExecutionError) {
    switch draft.graph[chain.head].operation {
    case let convolution as Convolution:
      try ConvolutionLowering(convolution, chain, draft).lower()
    case let product as MatrixProduct:
      try MatrixProductLowering(product, chain, draft).lower()
    default:
      throw ExecutionError(.unsupported, "a chain starts with a linear operation")
    }
  }
}

/// The post-operations of a chain and the buffers that they read.
struct PostOperands {
  let operations: [PostOperation]

  private let steps: [PostStep]
  private let destination: MemoryDescriptor

  /// Plans the post-operations; added values are taken in the layout of the destination.
  ///
  /// - Parameters:
  ///   - steps: What follows the linear operation.
  ///   - destination: The layout of the result; decided when something is added.
  ///   - addsInPlace: Whether what is added lies in the buffer of the result.
  /// - Throws: `ExecutionError` when a function has no form inside a linear kernel.
  init(
    _ steps: [PostStep], destination: MemoryDescriptor, addsInPlace: Bool = false
  ) throws(ExecutionError) {
    var operations: [PostOperation] = []
    for step in steps {
      switch step {
      case .unary(let function):
        guard let operation = function.postOperation else {
          throw ExecutionError(.unsupported, "\(function) cannot be fused")
        }
        operations.append(operation)
      case .swish: operations.append(.elementwise(.swish, alpha: 1))
      case .add: operations.append(addsInPlace ? .sum() : .binary(.add, destination))
      case .offset:
        throw ExecutionError(.unsupported, "an offset is part of the bias, not of what follows it")
      }
    }
    self.operations = operations
    self.steps = steps
    self.destination = destination
  }

  /// The buffers of the added values.
  func arguments(_ draft: ProgramDraft) throws(ExecutionError) -> [(PrimitiveArgument, BufferID)] {
    var arguments: [(PrimitiveArgument, BufferID)] = []
    for (index, step) in steps.enumerated() {
      guard case .add(let value) = step, case .binary = operations[index] else { continue }
      arguments.append((.postOperand(index), try draft.buffer(value, as: destination)))
    }
    return arguments
  }
}

/// Lowers a matrix product.
struct MatrixProductLowering {
  private let product: MatrixProduct
  private let chain: LinearChain
  private let draft: ProgramDraft

  init(_ product: MatrixProduct, _ chain: LinearChain, _ draft: ProgramDraft) {
    self.product = product
    self.chain = chain
    self.draft = draft
  }

  func lower() throws(ExecutionError) {
    let node = draft.graph[chain.head]
    let left = try operand(node.inputs[0], transposed: product.transposesLeft)
    let right = try operand(node.inputs[1], transposed: product.transposesRight)
    let destination = try MemoryDescriptor.plain(node.shape)
    var reads = [(PrimitiveArgument.source, left), (.weights, right)]
    var bias: MemoryDescriptor?
    if node.inputs.count == 3 {
      let ones = [Int](repeating: 1, count: node.shape.rank - 1)
      let shape = Shape(ones + [node.shape[node.shape.rank - 1]])
      bias = try .plain(shape)
      let buffer = try draft.alias(draft.plainBuffer(node.inputs[2]), as: .plain(shape))
      reads.append((.bias, buffer))
    }
    let posts = try PostOperands(chain.steps, destination: destination)
    let descriptor = try PrimitiveDescriptor.matrixProduct(
      source: draft.descriptor(left), weights: draft.descriptor(right), bias: bias,
      destination: destination, attributes: PrimitiveAttributes(posts.operations),
      engine: draft.engine)
    let result = draft.makeResult(chain.tail, destination)
    try draft.add(
      descriptor, reads + posts.arguments(draft), writes: [(.destination, result)])
  }

  /// A plain buffer seen with its last two axes exchanged when the product asks for it.
  private func operand(_ value: ValueID, transposed: Bool) throws(ExecutionError) -> BufferID {
    let buffer = try draft.plainBuffer(value)
    guard transposed else { return buffer }
    let shape = draft.graph[value].shape
    let (last, before) = (shape.rank - 1, shape.rank - 2)
    var strides = shape.strides
    strides.swapAt(last, before)
    let seen = shape.replacing(last, with: shape[before]).replacing(before, with: shape[last])
    return try draft.alias(buffer, as: .strided(seen, strides: strides))
  }
}

extension MatrixProduct: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    try LinearLowering.lower(LinearChain(head: site.id, tail: site.id), site.draft)
  }
}

extension Convolution: LowerableOperation {
  func lower(_ site: LoweringSite) throws(ExecutionError) {
    try LinearLowering.lower(LinearChain(head: site.id, tail: site.id), site.draft)
  }
}
