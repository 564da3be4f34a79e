import GraphIR
import Operations
import TensorCore

extension Value {
  private var others: AxisSelection { .axes(Array(1..<shape.rank)) }

  /// The map of every sample divided by its sum, unless that is 0.
  var dividedBySum: Value { self / sum(over: others).orOne }

  /// The map of every sample brought to the sum of another, unless its own is 0.
  func rescaled(to other: Value) -> Value { dividedBySum * other.sum(over: others) }

  /// The map of every sample divided by its largest magnitude, unless that is 0.
  var dividedByMaximum: Value { self / absolute.maximum(over: others).orOne }
}
