import GraphIR
import Operations
import TensorCore

/// Folds `linear(x) · s`, `linear(x) + t` and their like into the weights and bias.
struct AffineAfterLinear: AffineFold {
  let site: Rebuild.Site
  let isFree: (ValueID) -> Bool

  /// The linear operation that does it all, or nil when there is nothing to fold.
  var folded: Value? {
    guard let binary = site.node.operation as? Binary else { return nil }
    return switch binary.function {
    case .multiply: scaled(0, by: site.inputs[1]) ?? scaled(1, by: site.inputs[0])
    case .divide: scaled(0, by: site.inputs[1].isConstant ? site.inputs[1].reciprocal : nil)
    case .add: shifted(0, by: site.inputs[1]) ?? shifted(1, by: site.inputs[0])
    case .subtract: shifted(0, by: site.inputs[1].isConstant ? -site.inputs[1] : nil)
    case .maximum, .minimum, .power, .less, .lessOrEqual, .equal: nil
    }
  }

  private func scaled(_ input: Int, by factor: Value?) -> Value? {
    guard let linear = linear(input), let factor = factor?.perChannel(of: linear.shape) else {
      return nil
    }
    let (x, weights, bias) = parts(linear)
    guard weights.isConstant else { return nil }
    let scaledWeights = weights * alongOutputs(factor, of: linear)
    return remade(linear, x, scaledWeights, bias.map { $0 * factor })
  }

  private func shifted(_ input: Int, by offset: Value?) -> Value? {
    guard let linear = linear(input), let offset = offset?.perChannel(of: linear.shape) else {
      return nil
    }
    let (x, weights, bias) = parts(linear)
    return remade(linear, x, weights, bias.map { $0 + offset } ?? offset)
  }

  /// The linear operation behind an input, when nobody else uses it.
  private func linear(_ input: Int) -> Value? {
    let value = site.inputs[input]
    guard isFree(site.node.inputs[input]), value.shape == site.node.shape else { return nil }
    switch value.node.operation {
    case is Convolution: return value
    case is MatrixProduct: return value.shape.rank == 2 ? value : nil
    default: return nil
    }
  }

  private func parts(_ linear: Value) -> (Value, Value, Value?) {
    let inputs = linear.node.inputs.map(linear.builder.value)
    return (inputs[0], inputs[1], inputs.count == 3 ? inputs[2] : nil)
  }

  private func alongOutputs(_ factor: Value, of linear: Value) -> Value {
    let weights = parts(linear).1
    if let product = linear.node.operation as? MatrixProduct {
      return product.transposesRight ? factor.reshaped(to: [factor.shape[0], 1]) : factor
    }
    let ones = [Int](repeating: 1, count: weights.shape.rank - 1)
    return factor.reshaped(to: Shape([factor.shape[0]] + ones))
  }

  private func remade(_ linear: Value, _ x: Value, _ weights: Value, _ bias: Value?) -> Value {
    site.builder.apply(linear.node.operation, [x, weights] + (bias.map { [$0] } ?? []))
  }
}
