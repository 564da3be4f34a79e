import Foundation
import GraphIR
import Operations
import TensorCore

/// Arithmetic works on few known numbers at once and on others in the graph.
extension ImportSite {
  /// One function applied to every number.
  func unary(_ input: ImportedValue, _ function: UnaryFunction) -> ImportedValue {
    if let tensor = input.foldable {
      return .known(
        HostTensor(
          shape: tensor.shape, type: tensor.type,
          doubles: tensor.doubles.map(function.callAsFunction)))
    }
    return .computed(pool.value(input).applying(function), input.type)
  }

  /// One function applied to pairs of numbers; comparisons give booleans.
  func binary(
    _ left: ImportedValue, _ right: ImportedValue, _ function: BinaryFunction
  ) throws(ONNXError) -> ImportedValue {
    guard let shape = left.shape.broadcast(with: right.shape) else {
      throw ONNXError(
        .malformedFile, "shapes \(left.shape) and \(right.shape) do not broadcast")
    }
    let type = function.isComparison ? .bool : left.type
    if let a = left.foldable, let b = right.foldable,
      shape.elementCount <= HostTensor.maximumFoldedCount
    {
      let (a, b) = (a.broadcast(to: shape), b.broadcast(to: shape))
      return .known(try folded(a, b, function, type: type))
    }
    let result = pool.value(left).builder.apply(
      Binary(function), [pool.value(left), pool.value(right)])
    guard let range = left.type.integerRange, !function.isComparison else {
      return .computed(result, type)
    }
    return .computed(integer(result, function, range: range), type)
  }

  /// What integer arithmetic makes of a result: quotients lose their fraction, short types wrap.
  private func integer(
    _ result: Value, _ function: BinaryFunction, range: ClosedRange<Int64>
  ) -> Value {
    if function == .divide { return truncated(result) }
    let size = Double(range.upperBound) - Double(range.lowerBound) + 1
    guard [.add, .subtract, .multiply].contains(function), size > 2, size <= 65_536 else {
      return result
    }
    let lower = Float(range.lowerBound)
    return result - Float(size) * ((result - lower) / Float(size)).applying(.floor)
  }

  /// The value without its fraction.
  func truncated(_ value: Value) -> Value {
    value.sign * value.absolute.applying(.floor)
  }

  private func folded(
    _ left: HostTensor, _ right: HostTensor, _ function: BinaryFunction, type: ElementType
  ) throws(ONNXError) -> HostTensor {
    guard case .integers(let a) = left.numbers, case .integers(let b) = right.numbers,
      let arithmetic = function.integerArithmetic
    else {
      return HostTensor(
        shape: left.shape, type: type,
        doubles: zip(left.doubles, right.doubles).map { function($0, $1) })
    }
    var results: [Int64] = []
    results.reserveCapacity(a.count)
    for (x, y) in zip(a, b) {
      guard let result = arithmetic(x, y) else {
        throw ONNXError(.malformedFile, "\(x) and \(y) have no integer \(function)")
      }
      results.append(result)
    }
    return HostTensor(shape: left.shape, type: type, numbers: .integers(results))
  }
}

extension BinaryFunction {
  /// Whether the results are 0 and 1.
  var isComparison: Bool { [.less, .lessOrEqual, .equal].contains(self) }

  /// The function on integers, nil where it overflows; nil when integers need no care of their own.
  fileprivate var integerArithmetic: ((Int64, Int64) -> Int64?)? {
    func exact(_ result: (partialValue: Int64, overflow: Bool)) -> Int64? {
      result.overflow ? nil : result.partialValue
    }
    return switch self {
    case .add: { exact($0.addingReportingOverflow($1)) }
    case .subtract: { exact($0.subtractingReportingOverflow($1)) }
    case .multiply: { exact($0.multipliedReportingOverflow(by: $1)) }
    case .divide: { exact($0.dividedReportingOverflow(by: $1)) }
    case .maximum: { max($0, $1) }
    case .minimum: { min($0, $1) }
    case .less: { $0 < $1 ? 1 : 0 }
    case .lessOrEqual: { $0 <= $1 ? 1 : 0 }
    case .equal: { $0 == $1 ? 1 : 0 }
    case .power: nil
    }
  }

  /// The function of two numbers.
  fileprivate func callAsFunction(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .maximum: max(x, y)
    case .minimum: min(x, y)
    case .power: pow(x, y)
    case .less: x < y ? 1 : 0
    case .lessOrEqual: x <= y ? 1 : 0
    case .equal: x == y ? 1 : 0
    }
  }
}

extension UnaryFunction {
  /// The function of one number.
  fileprivate func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .negate: -x
    case .absolute: abs(x)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : 0
    case .exponential: exp(x)
    case .logarithm: log(x)
    case .squareRoot: x.squareRoot()
    case .reciprocal: 1 / x
    case .rectify: max(x, 0)
    case .clip(let lower, let upper): min(max(x, Double(lower)), Double(upper))
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
