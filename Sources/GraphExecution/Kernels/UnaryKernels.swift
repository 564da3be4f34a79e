import Foundation
import Operations

/// Functions of one number over runs; loops that the compiler turns into vector instructions.
@unsafe
enum UnaryKernels {
  static func apply(
    _ function: UnaryFunction, _ x: RunOperand, _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    switch function {
    case .negate: unsafe loop(x, target, count) { -$0 }
    case .absolute: unsafe loop(x, target, count) { abs($0) }
    case .sign:
      unsafe loop(x, target, count) { $0 > 0 ? 1 : ($0 < 0 ? -1 : $0) }
    case .exponential: unsafe loop(x, target, count) { Transcendental.exponential($0) }
    case .logarithm: unsafe loop(x, target, count) { log($0) }
    case .squareRoot: unsafe loop(x, target, count) { $0.squareRoot() }
    case .reciprocal: unsafe loop(x, target, count) { 1 / $0 }
    case .rectify: unsafe loop(x, target, count) { $0 < 0 ? 0 : $0 }
    case .clip(let lower, let upper):
      unsafe loop(x, target, count) {
        let raised = $0 < lower ? lower : $0
        return raised > upper ? upper : raised
      }
    case .tanh: unsafe loop(x, target, count) { Transcendental.hyperbolicTangent($0) }
    case .logistic: unsafe loop(x, target, count) { 1 / (1 + Transcendental.exponential(-$0)) }
    case .errorFunction: unsafe loop(x, target, count) { erf($0) }
    case .sine: unsafe loop(x, target, count) { sin($0) }
    case .cosine: unsafe loop(x, target, count) { cos($0) }
    case .arctangent: unsafe loop(x, target, count) { atan($0) }
    case .floor: unsafe loop(x, target, count) { $0.rounded(.down) }
    case .ceiling: unsafe loop(x, target, count) { $0.rounded(.up) }
    case .round, .roundStraightThrough:
      unsafe loop(x, target, count) { $0.rounded(.toNearestOrEven) }
    case .held: unsafe loop(x, target, count) { $0 }
    }
  }

  @inline(__always)
  private static func loop(
    _ x: RunOperand, _ target: UnsafeMutablePointer<Float>, _ count: Int,
    _ function: (Float) -> Float
  ) {
    switch unsafe x {
    case .run(let x): for index in 0..<count { unsafe target[index] = function(x[index]) }
    case .number(let x): unsafe target.update(repeating: function(x), count: count)
    }
  }
}

/// Functions without a vector instruction, accurate to a few units in the last place.
enum Transcendental {
  /// `exp(x)`: `2ⁿ` times a polynomial of degree 6 on ±½ ln 2 (Taylor coefficients).
  @inline(__always)
  static func exponential(_ x: Float) -> Float {
    // A comparison with what is no number is false, so that it becomes the lower end here.
    let clamped = min(x > -87.33 ? x : -87.33, 88.72)
    let exponent = (clamped * 1.442_695_04 + 12_582_912) - 12_582_912
    let rest = (clamped - exponent * 0.693_359_375) + exponent * 2.121_944_4e-4
    var sum: Float = 1 / 720
    sum = sum * rest + 1 / 120
    sum = sum * rest + 1 / 24
    sum = sum * rest + 1 / 6
    sum = sum * rest + 0.5
    sum = sum * rest + 1
    sum = sum * rest + 1
    let half = Int32(exponent * 0.5)
    let other = Int32(exponent) &- half
    let scaled =
      sum * Float(bitPattern: UInt32(bitPattern: (half &+ 127) << 23))
      * Float(bitPattern: UInt32(bitPattern: (other &+ 127) << 23))
    return x > 88.722_84 ? .infinity : (x < -87.33 ? 0 : (x != x ? x : scaled))
  }

  /// `tanh(x)`; a series near zero, where the quotient would cancel.
  @inline(__always)
  static func hyperbolicTangent(_ x: Float) -> Float {
    let square = x * x
    let series = x * (1 - square * (1 / 3 - square * (2 / 15 - square * (17 / 315))))
    let bounded = min(x > -15 ? x : -15, 15)
    let power = exponential(2 * bounded)
    let quotient = (power - 1) / (power + 1)
    return abs(x) < 0.2 ? series : (x != x ? x : quotient)
  }

  /// `xʸ`, with the cases that networks use done exactly.
  @inline(__always)
  static func power(_ x: Float, _ y: Float) -> Float {
    if y == 2 { return x * x }
    if y == 0.5 { return x.squareRoot() }
    return Foundation.pow(x, y)
  }
}
