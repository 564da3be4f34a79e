import GraphIR
import Operations
import TensorCore

extension Value {
  /// Whether one number of the value stands for several of another.
  func isRepeated(over other: Value) -> Bool {
    shape.elementCount < other.shape.elementCount || node.operation is Broadcast
  }

  /// Whether the value is made of functions whose results lie in 0…1, or is what is left of such to 1.
  var isShare: Bool {
    switch node.operation {
    case is Softmax: true
    case let unary as Unary:
      unary.function == .logistic || unary.function == .clip(lower: 0, upper: 1)
    case let binary as Binary where binary.function == .subtract:
      inputs[0].number == 1 && inputs[1].isShare
    case is any Movement: inputs.allSatisfy { $0.isShare }
    default: false
    }
  }

  private var inputs: [Value] { node.inputs.map(builder.value) }

  /// Whether the value is the mean of another over some axes, times a sign.
  func isMean(of other: Value, sign: Float) -> Bool {
    var (value, factor) = (self, sign)
    while true {
      let (node, inputs) = (value.node, value.inputs)
      switch node.operation {
      case let reduction as Reduction:
        let count = Float(other.shape.elementCount) / Float(max(value.shape.elementCount, 1))
        return reduction.function == .sum && inputs[0].id == other.id
          && abs(factor * count - 1) < 1e-4
      case let unary as Unary where unary.function == .negate: factor = -factor
      case let binary as Binary where binary.function == .multiply:
        guard let number = inputs.lazy.compactMap(\.number).first else { return false }
        factor *= number
      case let binary as Binary where binary.function == .divide:
        guard let number = inputs[1].number else { return false }
        factor /= number
      case is any Movement: break
      default: return false
      }
      guard let next = inputs.first(where: { !$0.node.isConstant }) else { return false }
      value = next
    }
  }

  /// The number that it is a constant of.
  private var number: Float? {
    guard let tensor = (node.operation as? Constant)?.tensor, let first = tensor.elements.first,
      tensor.elements.allSatisfy({ $0 == first })
    else { return nil }
    return first
  }
}
