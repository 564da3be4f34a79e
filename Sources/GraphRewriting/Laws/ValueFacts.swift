import GraphIR
import Operations
import TensorCore

/// What is known of the values of a growing graph beforehand, found once per value.
final class ValueFacts {
  /// What makes the graph grow.
  let builder: GraphBuilder

  /// Values that must survive: no law may look behind them.
  var kept = Set<ValueID>()

  private var signs = Signs()
  private var numbers: [Float?] = []

  /// Knows nothing yet.
  init(_ builder: GraphBuilder) {
    self.builder = builder
  }

  /// What all numbers of a value are, when they are known to be one.
  func number(_ value: Value) -> Float? {
    while numbers.count <= value.id.index {
      numbers.append(builder.graph.nodes[numbers.count].number { numbers[$0.index] })
    }
    return numbers[value.id.index]
  }

  /// Whether a condition is known to hold.
  func holds(_ condition: Pattern.Condition, for value: Value) -> Bool {
    switch condition {
    case .isNonNegative: signs.sign(of: value.id, in: builder.graph) == .nonNegative
    case .isConstant: value.node.isConstant
    case .isComputed: !value.node.isConstant
    }
  }
}

extension Node {
  /// The one number that the result consists of, if it is known to be one.
  fileprivate func number(of input: (ValueID) -> Float?) -> Float? {
    switch operation {
    case let constant as Constant:
      constant.tensor.elements.first.flatMap { first in
        constant.tensor.elements.allSatisfy { $0 == first } ? first : nil
      }
    case is Broadcast, is Reshape, is Transpose: input(inputs[0])
    default: nil
    }
  }
}
