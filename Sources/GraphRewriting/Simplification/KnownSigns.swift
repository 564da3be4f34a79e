import GraphIR
import Operations
import TensorCore

/// What is provably not negative is its own positive part and magnitude, and has no negative part.
enum KnownSigns {
  static func apply(_ site: Rebuild.Site) -> Value? {
    switch site.node.operation {
    case let unary as Unary: apply(unary, site.inputs[0])
    case let binary as Binary where binary.function == .minimum: minimum(site)
    case let binary as Binary where binary.function == .less: less(site)
    case is Select: select(site)
    default: nil
    }
  }

  private static func apply(_ unary: Unary, _ input: Value) -> Value? {
    switch unary.function {
    case .rectify, .absolute: input.isNonNegative ? input : nil
    default: nil
    }
  }

  private static func minimum(_ site: Rebuild.Site) -> Value? {
    let (left, right) = (site.inputs[0], site.inputs[1])
    guard right.isKnown(0) && left.isNonNegative || left.isKnown(0) && right.isNonNegative else {
      return nil
    }
    return site.builder.constant(0).broadcast(to: site.node.shape)
  }
}

extension KnownSigns {
  /// What is not negative is not less than 0.
  private static func less(_ site: Rebuild.Site) -> Value? {
    guard site.inputs[1].isKnown(0), site.inputs[0].isNonNegative else { return nil }
    return site.builder.constant(0).broadcast(to: site.node.shape)
  }

  private static func select(_ site: Rebuild.Site) -> Value? {
    guard site.inputs[0].isKnown(0) else { return nil }
    return site.inputs[2].broadcast(to: site.node.shape)
  }
}

extension Value {
  /// Whether no number of the value can be negative, as far as a short look back tells.
  var isNonNegative: Bool { isNonNegative(depth: 8) }

  private func isNonNegative(depth: Int) -> Bool {
    let inputs = node.inputs.map(builder.value)
    guard depth > 0 else { return false }
    func isNonNegative(_ index: Int) -> Bool { inputs[index].isNonNegative(depth: depth - 1) }
    switch node.operation {
    case let constant as Constant: return constant.tensor.elements.allSatisfy { $0 >= 0 }
    case let unary as Unary: return unary.function.isNonNegative { isNonNegative(0) }
    case let binary as Binary:
      return inputs[0].id == inputs[1].id && binary.function == .multiply
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
