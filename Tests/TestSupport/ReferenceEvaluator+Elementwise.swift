import Foundation
package import Operations
package import TensorCore

extension UnaryFunction {
  /// The function in double precision.
  package func reference(_ x: Double) -> Double {
    switch self {
    case .negate: -x
    case .absolute: abs(x)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : x
    case .exponential: exp(x)
    case .logarithm: log(x)
    case .squareRoot: x.squareRoot()
    case .reciprocal: 1 / x
    case .rectify: x < 0 ? 0 : x
    case .clip(let lower, let upper): x < Double(lower) ? Double(lower) : min(x, Double(upper))
    case .tanh: Foundation.tanh(x)
    case .logistic: 1 / (1 + exp(-x))
    case .errorFunction: erf(x)
    case .sine: sin(x)
    case .cosine: cos(x)
    case .arctangent: atan(x)
    case .floor: x.rounded(.down)
    case .ceiling: x.rounded(.up)
    case .round, .roundStraightThrough: x.rounded(.toNearestOrEven)
    case .held: x
    }
  }
}

extension BinaryFunction {
  /// The function in double precision.
  package func reference(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .maximum: x.isNaN || y.isNaN ? .nan : max(x, y)
    case .minimum: x.isNaN || y.isNaN ? .nan : min(x, y)
    case .power: pow(x, y)
    case .less: x < y ? 1 : 0
    case .lessOrEqual: x <= y ? 1 : 0
    case .equal: x == y ? 1 : 0
    }
  }
}

extension Unary: ReferenceEvaluable {
  /// The function of every number.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(shape: shape, elements: inputs[0].elements.map(function.reference))
  }
}

extension Binary: ReferenceEvaluable {
  /// The function of every pair after broadcasting.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(shape: shape) {
      function.reference(inputs[0].broadcasted(at: $0), inputs[1].broadcasted(at: $0))
    }
  }
}

extension Select: ReferenceEvaluable {
  /// The second input where the first is not zero, else the third.
  package func evaluate(_ inputs: [ReferenceTensor], shape: Shape) -> ReferenceTensor {
    ReferenceTensor(shape: shape) {
      inputs[inputs[0].broadcasted(at: $0) != 0 ? 1 : 2].broadcasted(at: $0)
    }
  }
}
