import GraphIR
import Operations
import TensorCore

extension Graph {
  /// Finds what an expression of several elementwise operations is a function of.
  ///
  /// `x · σ(x)`, `x · clip(x / 6 + ½, 0, 1)`, `max(x, 0) + α · (exp(min(x, 0)) − 1)` are activations
  /// of `x`, although they are products and sums of computed values.
  ///
  /// - Parameters:
  ///   - value: The result of the expression.
  ///   - barriers: Values that must not be passed over.
  /// - Returns: The one computed value of the same shape that it is made of, or nil.
  func activationArgument(
    of value: ValueID, barriers: Set<ValueID>
  ) -> ValueID? {
    let shape = self[value].shape
    guard !self[value].operation.isComparison else { return nil }
    var frontier = Set([value])
    while let last = frontier.max(), last == value || !barriers.contains(last),
      self[last].shape == shape, self[last].operation is any ElementwiseOperation
    {
      frontier.remove(last)
      frontier.formUnion(self[last].inputs.filter { !self[$0].isConstant })
      if frontier.count == 1, let argument = frontier.first {
        return self[argument].shape == shape ? argument : nil
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
