import GraphIR
import Operations
import TensorCore

/// `x + 0`, `x · 1`, `x / 1`, `x − 0` are `x`; `x · 0` is 0; `−(−x)` is `x`.
enum NeutralElements {
  static func apply(_ site: Rebuild.Site) -> Value? {
    if let unary = site.node.operation as? Unary { return apply(unary, site) }
    guard let binary = site.node.operation as? Binary else { return nil }
    let (left, right) = (site.inputs[0], site.inputs[1])
    return switch binary.function {
    case .add: keep(left, if: right.isKnown(0), site) ?? keep(right, if: left.isKnown(0), site)
    case .subtract: keep(left, if: right.isKnown(0), site)
    case .multiply:
      keep(left, if: right.isKnown(1), site) ?? keep(right, if: left.isKnown(1), site)
        ?? zero(if: left.isKnown(0) || right.isKnown(0), site)
        ?? negated(left, if: right.isKnown(-1), site) ?? negated(right, if: left.isKnown(-1), site)
    case .divide: keep(left, if: right.isKnown(1), site) ?? zero(if: left.isKnown(0), site)
    case .maximum, .minimum, .power, .less, .lessOrEqual, .equal: nil
    }
  }

  private static func apply(_ unary: Unary, _ site: Rebuild.Site) -> Value? {
    guard unary.function == .negate, let inner = site.inputs[0].node.operation as? Unary,
      inner.function == .negate
    else { return nil }
    return site.builder.value(site.inputs[0].node.inputs[0])
  }

  private static func keep(
    _ value: Value, if condition: Bool, _ site: Rebuild.Site
  ) -> Value? {
    condition ? value.broadcast(to: site.node.shape) : nil
  }

  private static func negated(
    _ value: Value, if condition: Bool, _ site: Rebuild.Site
  ) -> Value? {
    condition ? (-value).broadcast(to: site.node.shape) : nil
  }

  private static func zero(if condition: Bool, _ site: Rebuild.Site) -> Value? {
    condition ? site.builder.constant(0).broadcast(to: site.node.shape) : nil
  }
}

extension Value {
  /// Whether every number of the value is known to be `number`.
  func isKnown(_ number: Float) -> Bool {
    switch node.operation {
    case let constant as Constant:
      constant.tensor.elements.first == number
        && constant.tensor.elements.allSatisfy { $0 == number }
    case is Broadcast, is Reshape: builder.value(node.inputs[0]).isKnown(number)
    default: false
    }
  }
}
