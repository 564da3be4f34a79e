import GraphIR
import Operations
import TensorCore

extension Node {
  /// Whether no number of the result can be negative, given which inputs are not.
  func isNonNegative(input: (ValueID) -> Bool) -> Bool {
    func isNonNegative(_ index: Int) -> Bool { input(inputs[index]) }
    switch operation {
    case let constant as Constant: return constant.tensor.elements.allSatisfy { $0 >= 0 }
    case let unary as Unary: return unary.function.isNonNegative { isNonNegative(0) }
    case let binary as Binary:
      return inputs[0] == inputs[1] && binary.function == .multiply
        || binary.function.isNonNegative(left: { isNonNegative(0) }, right: { isNonNegative(1) })
    case is Select: return isNonNegative(1) && isNonNegative(2)
    case is Softmax: return true
    case is Convolution, is MatrixProduct: return inputs.indices.allSatisfy(isNonNegative)
    case is TransposedConvolution: return isNonNegative(0) && isNonNegative(1)
    case is MaxPooling, is AveragePooling, is AveragePoolingGradient, is Reshape, is Transpose,
      is Slice, is Broadcast, is Gather, is ScatterSum, is Resize, is ResizeGradient, is Reduction:
      return isNonNegative(0)
    case let pad as Pad: return pad.number >= 0 && isNonNegative(0)
    case is Concatenate: return inputs.indices.allSatisfy(isNonNegative)
    default: return false
    }
  }
}

extension UnaryFunction {
  fileprivate func isNonNegative(ofInput input: () -> Bool) -> Bool {
    switch self {
    case .absolute, .exponential, .squareRoot, .rectify, .logistic: true
    case .clip(let lower, _): lower >= 0
    case .sign, .reciprocal, .tanh, .errorFunction, .floor, .ceiling, .round: input()
    case .negate, .logarithm, .sine, .cosine: false
    }
  }
}

extension BinaryFunction {
  fileprivate func isNonNegative(left: () -> Bool, right: () -> Bool) -> Bool {
    switch self {
    case .less, .lessOrEqual, .equal: true
    case .maximum: left() || right()
    case .add, .divide, .minimum, .multiply: left() && right()
    case .power: left()
    case .subtract: false
    }
  }
}
