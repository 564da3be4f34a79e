import GraphIR
import Operations
import TensorCore

/// A gradient times comparisons of a rectifier's result with its bounds, for which the library has one
/// function.
struct RectifierGradient {
  /// What is passed back where the result lies between the bounds.
  let gradient: ValueID

  /// What the rectifier gave.
  let result: ValueID

  /// The bounds.
  let bounds: RectifierBounds

  private enum Factor {
    case input(Int)
    case above(Int, Float)
    case below(Int, Float)
  }

  /// Recognizes a product; nil for all else.
  init?(_ program: ElementwiseProgram) {
    guard program.inputs.count == 2 else { return nil }
    var registers: [[Factor]] = []
    for instruction in program.instructions {
      guard let factors = Self.factors(instruction, registers) else { return nil }
      registers.append(factors)
    }
    var (gradients, compared): ([Int], Set<Int>) = ([], [])
    var (lower, upper): ([Float], [Float]) = ([], [])
    for factor in registers.last ?? [] {
      switch factor {
      case .input(let input): gradients.append(input)
      case .above(let input, let number):
        lower.append(number)
        compared.insert(input)
      case .below(let input, let number):
        upper.append(number)
        compared.insert(input)
      }
    }
    guard gradients.count == 1, compared == [1 - gradients[0]], lower.count == 1, upper.count < 2,
      !upper.isEmpty || lower == [0]
    else { return nil }
    gradient = program.inputs[gradients[0]]
    result = program.inputs[1 - gradients[0]]
    bounds = RectifierBounds(lower: lower[0], upper: upper.first)
  }

  /// What a register is the product of.
  private static func factors(
    _ instruction: ElementwiseInstruction, _ registers: [[Factor]]
  ) -> [Factor]? {
    if case .gate(let value, .input(let tested), let interval) = instruction {
      guard let passed = factors(value, registers) else { return nil }
      switch interval {
      case .above(let lower): return passed + [.above(tested, lower)]
      case .between(let lower, let upper):
        return passed + [.above(tested, lower), .below(tested, upper)]
      }
    }
    guard case .binary(let function, let x, let y) = instruction else { return nil }
    switch (function, x, y) {
    case (.less, .number(let number), .input(let input)): return [.above(input, number)]
    case (.less, .input(let input), .number(let number)): return [.below(input, number)]
    case (.multiply, _, _):
      guard let left = factors(x, registers), let right = factors(y, registers) else { return nil }
      return left + right
    default: return nil
    }
  }

  private static func factors(
    _ operand: ElementwiseOperand, _ registers: [[Factor]]
  ) -> [Factor]? {
    switch operand {
    case .input(let input): [.input(input)]
    case .register(let index): registers[index]
    case .number: nil
    }
  }

  /// Adds the library's step, where both values lie in one layout and the library knows it.
  ///
  /// A gradient that is infinite or no number where it is not passed must be seen, so the step stands
  /// only where there can be none.
  ///
  /// - Returns: Whether it was added.
  /// - Throws: `ExecutionError` when a value is not computed.
  func lower(_ site: LoweringSite, as layout: MemoryDescriptor) throws(ExecutionError) -> Bool {
    let draft = site.draft
    guard !draft.guards.mayOverflow(gradient), !draft.fusion.isConstant[gradient.index],
      !draft.fusion.isConstant[result.index]
    else { return false }
    let (slope, known) = (try draft.buffer(gradient), try draft.buffer(result))
    guard draft.descriptor(slope) == layout, draft.descriptor(known) == layout,
      let descriptor = try? PrimitiveDescriptor.rectifierBackward(
        bounds, data: layout, attributes: PrimitiveAttributes(), engine: draft.engine),
      descriptor.isFast
    else { return false }
    let reads = [(PrimitiveArgument.destination, known), (.destinationGradient, slope)]
    if gradient != result, draft.isLastUse(of: gradient, by: site.id) {
      draft.define(site.id, slope)
      try draft.add(descriptor, reads, writes: [(.sourceGradient, slope)])
    } else {
      let passed = draft.makeResult(site.id, layout)
      try draft.add(descriptor, reads, writes: [(.sourceGradient, passed)])
    }
    return true
  }
}
