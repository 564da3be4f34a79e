import GraphIR
import Operations

extension Value {
  /// What was quantized and brought back to real numbers, `scale · saturated(round(x / scale))`; nil
  /// where the value is not that.
  ///
  /// A score that saturates has no slope, although what makes it says well what speaks for it.
  var unrounded: Value? {
    guard let (levels, scale) = operands(of: .multiply),
      let (below, _) = levels.operands(of: .minimum),
      let (rounded, _) = below.operands(of: .maximum),
      (rounded.node.operation as? Unary)?.function == .roundStraightThrough
    else { return nil }
    let steps = rounded.sources[0]
    if let (x, divisor) = steps.operands(of: .divide), divisor.isSame(as: scale) { return x }
    return steps * scale
  }

  /// The operands of one function of two numbers; nil for anything else.
  private func operands(of function: BinaryFunction) -> (Value, Value)? {
    (node.operation as? Binary)?.function == function ? (sources[0], sources[1]) : nil
  }

  /// Whether two values are one, or constants of the same numbers.
  private func isSame(as other: Value) -> Bool {
    if id == other.id { return true }
    guard let mine = node.operation as? Constant, let others = other.node.operation as? Constant
    else { return false }
    return mine.tensor == others.tensor
  }
}
