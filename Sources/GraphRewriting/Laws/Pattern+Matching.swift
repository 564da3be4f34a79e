import GraphIR
import Operations
import TensorCore

extension Pattern {
  /// Tries every way in which a value can be seen as the pattern, until one gives a result.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - match: What letters stand for so far.
  ///   - body: What to make of a way that fits; nil goes on with the next.
  /// - Returns: The first result, or nil when there is none.
  func first<Result>(
    matching value: Value, _ match: Match, _ body: (Match) -> Result?
  ) -> Result? {
    guard let match = letter.map({ match.binding($0, to: value) }) ?? match else { return nil }
    switch form {
    case .any(let condition):
      return condition.map { match.facts.holds($0, for: value) } == false ? nil : body(match)
    case .number(let number):
      return match.facts.number(value) == number ? body(match) : nil
    case .result, .kind:
      guard !match.facts.kept.contains(value.id) else { return nil }
      let node = value.node
      return first(matching: node.operation, node.inputs.map(value.builder.value), match, body)
    }
  }

  /// The same for an operation that does not stand in the graph yet.
  func first<Result>(
    matching operation: any GraphIR.Operation, _ inputs: [Value], _ match: Match,
    _ body: (Match) -> Result?
  ) -> Result? {
    switch form {
    case .result(let wanted, let operands) where wanted.isEqual(to: operation):
      operands.first(matching: inputs, of: operation, match, body)
    case .kind(_, let operands, let condition) where condition(operation):
      operands.first(matching: inputs, of: operation, match, body)
    case .any, .number, .result, .kind: nil
    }
  }

  /// The value of an expression of letters, numbers and functions; nil for other patterns.
  func value(_ match: Match) -> Value? {
    switch form {
    case .any: return match[self]
    case .number(let number): return match.facts.builder.constant(number)
    case .result(let operation, let operands):
      let inputs = operands.compactMap { $0.value(match) }
      return inputs.count == operands.count ? match.facts.builder.apply(operation, inputs) : nil
    case .kind: return nil
    }
  }
}

extension [Pattern] {
  /// The same for the inputs of an operation; two that may be exchanged are tried in both orders.
  fileprivate func first<Result>(
    matching inputs: [Value], of operation: any GraphIR.Operation, _ match: Match,
    _ body: (Match) -> Result?
  ) -> Result? {
    guard inputs.count == count else { return nil }
    if let result = self[...].first(matching: inputs[...], match, body) { return result }
    guard (operation as? Binary)?.function.isCommutative == true else { return nil }
    return self[...].first(matching: inputs.reversed()[...], match, body)
  }
}

extension ArraySlice<Pattern> {
  /// The same for inputs in this order.
  fileprivate func first<Result>(
    matching inputs: ArraySlice<Value>, _ match: Match, _ body: (Match) -> Result?
  ) -> Result? {
    guard let pattern = first, let input = inputs.first else { return body(match) }
    return pattern.first(matching: input, match) { match in
      dropFirst().first(matching: inputs.dropFirst(), match, body)
    }
  }
}

extension BinaryFunction {
  /// Whether operands may be exchanged.
  fileprivate var isCommutative: Bool {
    switch self {
    case .add, .multiply, .maximum, .minimum, .equal: true
    case .subtract, .divide, .power, .less, .lessOrEqual: false
    }
  }
}
