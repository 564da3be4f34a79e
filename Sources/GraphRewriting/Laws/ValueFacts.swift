import GraphIR
import Operations
import TensorCore

/// What is known of the values of a growing graph beforehand, found once per value.
final class ValueFacts {
  private struct Fact {
    /// Whether no number of the value can be negative.
    let isNonNegative: Bool
    /// What all numbers of the value are, when they are known to be one.
    let number: Float?
  }

  /// What makes the graph grow.
  let builder: GraphBuilder

  private var facts: [Fact] = []

  /// Knows nothing yet.
  init(_ builder: GraphBuilder) {
    self.builder = builder
  }

  /// What all numbers of a value are, when they are known to be one.
  func number(_ value: Value) -> Float? { fact(value).number }

  /// Whether a condition is known to hold.
  func holds(_ condition: Pattern.Condition, for value: Value) -> Bool {
    switch condition {
    case .isNonNegative: fact(value).isNonNegative
    case .isConstant: value.node.isConstant
    case .isComputed: !value.node.isConstant
    }
  }

  private func fact(_ value: Value) -> Fact {
    while facts.count <= value.id.index {
      let node = builder.graph.nodes[facts.count]
      facts.append(
        Fact(
          isNonNegative: node.isNonNegative { facts[$0.index].isNonNegative },
          number: node.number { facts[$0.index].number }))
    }
    return facts[value.id.index]
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
    case is Broadcast, is Reshape: input(inputs[0])
    default: nil
    }
  }
}
