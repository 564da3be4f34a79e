public import GraphIR
public import TensorCore

/// A function of two numbers.
public enum BinaryFunction: Hashable, Sendable {
  case add
  case subtract
  case multiply
  case divide
  case maximum
  case minimum
  case power
  /// 1 where `x < y`, else 0.
  case less
  /// 1 where `x <= y`, else 0.
  case lessOrEqual
  /// 1 where `x == y`, else 0.
  case equal
}

/// One function applied to pairs of numbers; shapes broadcast as in NumPy.
public struct Binary: Operation {
  /// The printed name.
  public static let name = "binary"

  /// The function.
  public let function: BinaryFunction

  /// Creates the operation.
  public init(_ function: BinaryFunction) {
    self.function = function
  }

  /// The function.
  public var settings: String { "\(function)" }

  /// The shape that both inputs broadcast to.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 2...2)
    guard let shape = inputs[0].broadcast(with: inputs[1]) else {
      throw GraphError(
        .shapeMismatch, "\(function): shapes \(inputs[0]) and \(inputs[1]) do not broadcast")
    }
    return shape
  }
}

extension Binary: DifferentiableOperation {
  /// The chain rule, summed over broadcast axes; comparisons have no gradient.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    let (x, y) = (site.inputs[0], site.inputs[1])
    return [
      site.gradient(of: 0) { (leftGradient(at: site) ?? .zero(x)).summed(to: x.shape) },
      site.gradient(of: 1) { (rightGradient(at: site) ?? .zero(y)).summed(to: y.shape) },
    ]
  }

  private func leftGradient(at site: GradientSite) -> Value? {
    let (x, y, gradient) = (site.inputs[0], site.inputs[1], site.outputGradient)
    return switch function {
    case .add, .subtract: gradient
    case .multiply: gradient * y
    case .divide: gradient / y
    case .maximum: gradient * y.isLessOrEqual(to: x)
    case .minimum: gradient * x.isLessOrEqual(to: y)
    case .power: gradient * y * x.power(y - 1)
    case .less, .lessOrEqual, .equal: nil
    }
  }

  private func rightGradient(at site: GradientSite) -> Value? {
    let (x, y, gradient) = (site.inputs[0], site.inputs[1], site.outputGradient)
    return switch function {
    case .add: gradient
    case .subtract: -gradient
    case .multiply: gradient * x
    case .divide: -(gradient * site.output / y)
    case .maximum: gradient * y.isGreater(than: x)
    case .minimum: gradient * x.isGreater(than: y)
    case .power: gradient * site.output * x.logarithm
    case .less, .lessOrEqual, .equal: nil
    }
  }
}

extension Value {
  /// A zero of the shape of `value`.
  static func zero(_ value: Value) -> Value {
    value.builder.constant(0).broadcast(to: value.shape)
  }

  private func combined(_ function: BinaryFunction, _ other: Value) -> Value {
    builder.apply(Binary(function), [self, other])
  }

  /// The sum.
  public static func + (left: Value, right: Value) -> Value { left.combined(.add, right) }

  /// The difference.
  public static func - (left: Value, right: Value) -> Value { left.combined(.subtract, right) }

  /// The product, number by number.
  public static func * (left: Value, right: Value) -> Value { left.combined(.multiply, right) }

  /// The quotient, number by number.
  public static func / (left: Value, right: Value) -> Value { left.combined(.divide, right) }

  /// The sum with a number.
  public static func + (left: Value, right: Float) -> Value { left + left.builder.constant(right) }

  /// The sum with a number.
  public static func + (left: Float, right: Value) -> Value { right.builder.constant(left) + right }

  /// The difference from a number.
  public static func - (left: Value, right: Float) -> Value { left - left.builder.constant(right) }

  /// The difference from a number.
  public static func - (left: Float, right: Value) -> Value { right.builder.constant(left) - right }

  /// The product with a number.
  public static func * (left: Value, right: Float) -> Value { left * left.builder.constant(right) }

  /// The product with a number.
  public static func * (left: Float, right: Value) -> Value { right.builder.constant(left) * right }

  /// The quotient by a number.
  public static func / (left: Value, right: Float) -> Value { left / left.builder.constant(right) }

  /// The quotient of a number.
  public static func / (left: Float, right: Value) -> Value { right.builder.constant(left) / right }

  /// The value with its sign changed.
  public static prefix func - (value: Value) -> Value { value.applying(.negate) }

  /// The larger of each pair.
  public func maximum(_ other: Value) -> Value { combined(.maximum, other) }

  /// The smaller of each pair.
  public func minimum(_ other: Value) -> Value { combined(.minimum, other) }

  /// This value raised to another.
  public func power(_ exponent: Value) -> Value { combined(.power, exponent) }

  /// 1 where this is larger than `other`, else 0.
  public func isGreater(than other: Value) -> Value { other.combined(.less, self) }

  /// 1 where this is larger than `other`, else 0.
  public func isGreater(than other: Float) -> Value { isGreater(than: builder.constant(other)) }

  /// 1 where this is smaller than `other`, else 0.
  public func isLess(than other: Value) -> Value { combined(.less, other) }

  /// 1 where this is at most `other`, else 0.
  public func isLessOrEqual(to other: Value) -> Value { combined(.lessOrEqual, other) }

  /// 1 where this equals `other`, else 0.
  public func isEqual(to other: Value) -> Value { combined(.equal, other) }
}
