import GraphIR
import Operations
import TensorCore

/// Folds `convolution(x · s)` and, without padding, `convolution(x + t)` into weights and bias.
struct AffineBeforeLinear: AffineFold {
  let site: Rebuild.Site
  let isFree: (ValueID) -> Bool

  /// The convolution that does it all, or nil when there is nothing to fold.
  var folded: Value? {
    guard let convolution = site.node.operation as? Convolution, isFree(site.node.inputs[0]),
      site.inputs[1].isConstant, let binary = site.inputs[0].node.operation as? Binary
    else { return nil }
    let operands = site.inputs[0].node.inputs.map(site.builder.value)
    return switch binary.function {
    case .multiply:
      scaled(operands[0], by: operands[1], convolution)
        ?? scaled(operands[1], by: operands[0], convolution)
    case .add where !convolution.window.isPadded:
      shifted(operands[0], by: operands[1], convolution)
        ?? shifted(operands[1], by: operands[0], convolution)
    default: nil
    }
  }

  private func scaled(_ x: Value, by factor: Value, _ convolution: Convolution) -> Value? {
    guard let factor = channels(of: x, factor) else { return nil }
    let weights = site.inputs[1] * alongInputs(factor, convolution)
    return site.builder.apply(convolution, [x, weights] + site.inputs.dropFirst(2))
  }

  private func shifted(_ x: Value, by offset: Value, _ convolution: Convolution) -> Value? {
    guard let offset = channels(of: x, offset) else { return nil }
    let weighted = site.inputs[1] * alongInputs(offset, convolution)
    let axes = Array(1..<weighted.shape.rank)
    let added = weighted.reduced(.sum, over: axes).reshaped(to: [weighted.shape[0]])
    let bias = site.inputs.count == 3 ? site.inputs[2] + added : added
    return site.builder.apply(convolution, [x, site.inputs[1], bias])
  }

  private func channels(of x: Value, _ other: Value) -> Value? {
    guard x.shape == site.inputs[0].shape, !x.isConstant else { return nil }
    return other.perChannel(of: x.shape)
  }

  /// `[channels]` laid along the input channels of the weights, group by group.
  private func alongInputs(_ values: Value, _ convolution: Convolution) -> Value {
    let weights = site.inputs[1].shape
    let outputsPerGroup = weights[0] / convolution.groups
    let ones = [Int](repeating: 1, count: weights.rank - 2)
    return
      values
      .reshaped(to: Shape([convolution.groups, 1, weights[1]] + ones))
      .broadcast(to: Shape([convolution.groups, outputsPerGroup, weights[1]] + ones))
      .reshaped(to: Shape([weights[0], weights[1]] + ones))
  }
}
