import GraphIR
import Operations
import TensorCore

/// An expression of elementwise operations that is a function of one value.
struct ActivationExpression {
  /// The value that it is a function of.
  let argument: ValueID

  /// The values that it consists of, the result first.
  let members: [ValueID]
}

extension Graph {
  /// Finds what an expression of several elementwise operations is a function of.
  ///
  /// `x · σ(x)`, `x · clip(x / 6 + ½, 0, 1)`, `max(x, 0) + α · (exp(min(x, 0)) − 1)` are activations
  /// of `x`, although they are products and sums of computed values.
  ///
  /// - Parameters:
  ///   - value: The result of the expression.
  ///   - barriers: Values that must not be passed over.
  /// - Returns: The expression of the one computed value of the same shape that it is made of, or nil.
  func activation(of value: ValueID, barriers: Set<ValueID>) -> ActivationExpression? {
    let shape = self[value].shape
    guard !self[value].operation.isComparison else { return nil }
    var frontier = Set([value])
    var members: [ValueID] = []
    while let last = frontier.max(), last == value || !barriers.contains(last),
      self[last].shape == shape, self[last].operation is any ElementwiseOperation
    {
      frontier.remove(last)
      members.append(last)
      frontier.formUnion(self[last].inputs.filter { !self[$0].isConstant })
      if frontier.count == 1, let argument = frontier.first {
        guard self[argument].shape == shape else { return nil }
        return ActivationExpression(argument: argument, members: members)
      }
    }
    return nil
  }
}

extension GraphIR.Operation {
  fileprivate var isComparison: Bool {
    switch (self as? Binary)?.function {
    case .less, .lessOrEqual, .equal: true
    default: false
    }
  }
}
