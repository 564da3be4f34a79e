public import GraphIR
public import TensorCore

/// A function of one number.
public enum UnaryFunction: Hashable, Sendable {
  case negate
  case absolute
  /// −1, 0 or 1.
  case sign
  case exponential
  case logarithm
  case squareRoot
  case reciprocal
  /// `max(x, 0)`
  case rectify
  /// `min(max(x, lower), upper)`
  case clip(lower: Float, upper: Float)
  case tanh
  /// `1 / (1 + exp(−x))`
  case logistic
  case errorFunction
  case sine
  case cosine
  case arctangent
  case floor
  case ceiling
  /// To the nearest integer, halves to even.
  case round
  /// As `round`, with the slope 1 in place of 0: the straight-through estimate, Bengio, Léonard and
  /// Courville 2013 (arXiv:1308.3432).
  case roundStraightThrough
  /// The number itself, held constant: its slope is 0.
  case held

  /// Whether the function is monotone and keeps zero, so that it may be called an activation.
  public var keepsZero: Bool {
    switch self {
    case .exponential, .logarithm, .reciprocal, .logistic, .cosine: false
    case .clip(let lower, let upper): lower <= 0 && upper >= 0
    case .negate, .absolute, .sign, .squareRoot, .rectify, .tanh, .errorFunction, .sine,
      .arctangent, .floor, .ceiling, .round, .roundStraightThrough, .held:
      true
    }
  }
}

/// One function applied to every number of a value.
public struct Unary: Operation {
  /// The printed name.
  public static let name = "unary"

  /// The function.
  public let function: UnaryFunction

  /// Creates the operation.
  public init(_ function: UnaryFunction) {
    self.function = function
  }

  /// The function.
  public var settings: String { "\(function)" }

  /// The shape of the input.
  public func outputShape(for inputs: [Shape]) throws(GraphError) -> Shape {
    try require(inputs, count: 1...1)
    return inputs[0]
  }
}

extension Unary: DifferentiableOperation {
  /// The chain rule; steps have no gradient, and kinks take the side of zero.
  public func inputGradients(at site: GradientSite) -> [Value?] {
    guard site.isNeeded[0], let slope = derivative(input: site.inputs[0], output: site.output)
    else { return [nil] }
    return [site.outputGradient * slope]
  }

  private func derivative(input: Value, output: Value) -> Value? {
    let builder = input.builder
    return switch function {
    case .negate: builder.constant(-1)
    case .absolute: input.sign
    case .exponential: output
    case .logarithm: input.reciprocal
    case .squareRoot: 0.5 * output.reciprocal
    case .reciprocal: -(output * output)
    case .rectify: output.isGreater(than: 0)
    case .clip(let lower, let upper):
      output.isGreater(than: lower) * builder.constant(upper).isGreater(than: output)
    case .tanh: 1 - output * output
    case .logistic: output * (1 - output)
    case .errorFunction: 1.128_379_2 * (-(input * input)).exponential
    case .sine: input.applying(.cosine)
    case .cosine: -input.applying(.sine)
    case .arctangent: (1 + input * input).reciprocal
    case .roundStraightThrough: builder.constant(1)
    case .sign, .floor, .ceiling, .round, .held: nil
    }
  }
}

extension Value {
  /// The value with `function` applied to every number.
  public func applying(_ function: UnaryFunction) -> Value {
    builder.apply(Unary(function), [self])
  }

  /// The activation `max(x, 0)`.
  public var rectified: Value { applying(.rectify) }

  /// The positive part `max(x, 0)`.
  public var positive: Value { applying(.rectify) }

  /// The negative part `min(x, 0)`.
  public var negative: Value { minimum(builder.constant(0)) }

  /// The magnitude `|x|`.
  public var absolute: Value { applying(.absolute) }

  /// −1, 0 or 1.
  public var sign: Value { applying(.sign) }

  /// The exponential `exp(x)`.
  public var exponential: Value { applying(.exponential) }

  /// The natural logarithm.
  public var logarithm: Value { applying(.logarithm) }

  /// The square root.
  public var squareRoot: Value { applying(.squareRoot) }

  /// The value, which gradients take for a constant.
  package var held: Value { applying(.held) }

  /// The reciprocal `1 / x`.
  public var reciprocal: Value { applying(.reciprocal) }

  /// The logistic function `1 / (1 + exp(−x))`.
  public var logistic: Value { applying(.logistic) }
}
