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
  /// The first operand where the second lies between numbers, else its product with zero.
  case gate(ElementwiseOperand, ElementwiseOperand, OpenInterval)
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
      instructions.append(
        gate(binary.function, operands)
          ?? .binary(binary.function, operands[0], operands[1]))
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

  /// A product with comparisons that were emitted last, as gradients of rectifiers are, in one
  /// instruction: the comparisons are taken back.
  private mutating func gate(
    _ function: BinaryFunction, _ operands: [ElementwiseOperand]
  ) -> ElementwiseInstruction? {
    guard function == .multiply, operands[0] != operands[1] else { return nil }
    let last = ElementwiseOperand.register(instructions.count - 1)
    guard let factor = operands.firstIndex(of: last), let found = comparison(instructions.count - 1)
    else { return nil }
    let first = instructions.count - found.count
    let value = operands[1 - factor]
    if case .register(let index) = value, index >= first { return nil }
    if case .register(let index) = found.tested, index >= first { return nil }
    instructions.removeLast(found.count)
    // What was taken back is emitted again where something else reads it.
    known = known.filter { _, operand in
      if case .register(let index) = operand { index < first } else { true }
    }
    return .gate(value, found.tested, found.interval)
  }

  /// Comparisons of an operand with numbers, whose product is the result of an instruction, and how many
  /// instructions they take.
  private func comparison(
    _ index: Int
  ) -> (tested: ElementwiseOperand, interval: OpenInterval, count: Int)? {
    switch instructions[index] {
    case .binary(.less, .number(let lower), let tested):
      return (tested, .above(lower), 1)
    case .binary(.multiply, .register(index - 2), .register(index - 1)):
      guard case .binary(.less, .number(let lower), let tested) = instructions[index - 2],
        case .binary(.less, tested, .number(let upper)) = instructions[index - 1]
      else { return nil }
      return (tested, .between(lower, upper), 3)
    default: return nil
    }
  }
}

/// Numbers without their bounds.
enum OpenInterval {
  case above(Float)
  case between(Float, Float)
}
