import GraphIR
import Operations
import TensorCore

/// What an instruction reads.
enum ElementwiseOperand: Hashable {
  /// One of the operands of the kernel.
  case input(Int)
  /// The result of an earlier instruction.
  case register(Int)
  /// A number.
  case number(Float)
}

/// One function applied to a run of numbers.
enum ElementwiseInstruction {
  case unary(UnaryFunction, ElementwiseOperand)
  case binary(BinaryFunction, ElementwiseOperand, ElementwiseOperand)
  case select(ElementwiseOperand, ElementwiseOperand, ElementwiseOperand)
  case copy(ElementwiseOperand)
}

/// A chain of elementwise nodes as instructions over short runs that stay in the cache.
struct ElementwiseProgram {
  /// The values that are read, in the order of the operands.
  private(set) var inputs: [ValueID] = []

  /// One instruction per register; the last one's result is the kernel's.
  private(set) var instructions: [ElementwiseInstruction] = []

  private var known: [ValueID: ElementwiseOperand] = [:]

  /// Collects what is inlined into the node that computes `root`.
  init(root: ValueID, _ graph: Graph, _ fusion: FusionPlan) {
    let operand = emit(graph[root], graph, fusion)
    if case .register(let index) = operand, index == instructions.count - 1 { return }
    instructions.append(.copy(operand))
  }

  private mutating func emit(
    _ node: Node, _ graph: Graph, _ fusion: FusionPlan
  ) -> ElementwiseOperand {
    if node.operation is Broadcast { return read(node.inputs[0], graph, fusion) }
    let operands = node.inputs.map { read($0, graph, fusion) }
    switch node.operation {
    case let unary as Unary: instructions.append(.unary(unary.function, operands[0]))
    case let binary as Binary:
      instructions.append(.binary(binary.function, operands[0], operands[1]))
    default: instructions.append(.select(operands[0], operands[1], operands[2]))
    }
    return .register(instructions.count - 1)
  }

  private mutating func read(
    _ value: ValueID, _ graph: Graph, _ fusion: FusionPlan
  ) -> ElementwiseOperand {
    if let operand = known[value] { return operand }
    let node = graph[value]
    let operand: ElementwiseOperand
    if let constant = node.operation as? Constant, constant.tensor.elements.count == 1 {
      operand = .number(constant.tensor.elements[0])
    } else if !fusion.isConstant[value.index], node.operation is any ElementwiseOperation,
      fusion.isInlined[value.index], fusion.chains[value.index] == nil
    {
      operand = emit(node, graph, fusion)
    } else if node.operation is Broadcast, !fusion.isConstant[value.index] {
      operand = read(node.inputs[0], graph, fusion)
    } else {
      inputs.append(value)
      operand = .input(inputs.count - 1)
    }
    known[value] = operand
    return operand
  }
}
