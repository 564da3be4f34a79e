import Operations

/// A run of numbers, or one number that stands for all of them.
@unsafe
enum RunOperand {
  case run(UnsafePointer<Float>)
  case number(Float)
}

/// Functions of two numbers over runs; loops that the compiler turns into vector instructions.
@unsafe
enum BinaryKernels {
  static func apply(
    _ function: BinaryFunction, _ x: RunOperand, _ y: RunOperand,
    _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    switch function {
    case .add: unsafe loop(x, y, target, count) { $0 + $1 }
    case .subtract: unsafe loop(x, y, target, count) { $0 - $1 }
    case .multiply: unsafe loop(x, y, target, count) { $0 * $1 }
    case .divide: unsafe loop(x, y, target, count) { $0 / $1 }
    case .maximum: unsafe loop(x, y, target, count) { $0 > $1 || $0 != $0 ? $0 : $1 }
    case .minimum: unsafe loop(x, y, target, count) { $0 < $1 || $0 != $0 ? $0 : $1 }
    case .power: unsafe loop(x, y, target, count) { Transcendental.power($0, $1) }
    case .less: unsafe loop(x, y, target, count) { $0 < $1 ? 1 : 0 }
    case .lessOrEqual: unsafe loop(x, y, target, count) { $0 <= $1 ? 1 : 0 }
    case .equal: unsafe loop(x, y, target, count) { $0 == $1 ? 1 : 0 }
    }
  }

  static func select(
    _ condition: RunOperand, _ x: RunOperand, _ y: RunOperand,
    _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    for index in 0..<count {
      let taken = unsafe condition.value(index) != 0 ? x.value(index) : y.value(index)
      unsafe target[index] = taken
    }
  }

  /// `x` where `tested` lies in an interval, else its product with zero.
  static func gate(
    _ x: RunOperand, _ tested: RunOperand, _ interval: OpenInterval,
    _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    switch interval {
    case .above(let lower): unsafe loop(x, tested, target, count) { $0 * (lower < $1 ? 1 : 0) }
    case .between(let lower, let upper):
      unsafe loop(x, tested, target, count) {
        let isAbove: Float = lower < $1 ? 1 : 0
        return $0 * ($1 < upper ? isAbove : 0)
      }
    }
  }

  static func copy(_ x: RunOperand, _ target: UnsafeMutablePointer<Float>, _ count: Int) {
    switch unsafe x {
    case .run(let x): unsafe target.update(from: x, count: count)
    case .number(let x): unsafe target.update(repeating: x, count: count)
    }
  }

  @inline(__always)
  private static func loop(
    _ x: RunOperand, _ y: RunOperand, _ target: UnsafeMutablePointer<Float>, _ count: Int,
    _ function: (Float, Float) -> Float
  ) {
    switch unsafe (x, y) {
    case (.run(let x), .run(let y)):
      for index in 0..<count { unsafe target[index] = function(x[index], y[index]) }
    case (.run(let x), .number(let y)):
      for index in 0..<count { unsafe target[index] = function(x[index], y) }
    case (.number(let x), .run(let y)):
      for index in 0..<count { unsafe target[index] = function(x, y[index]) }
    case (.number(let x), .number(let y)):
      unsafe target.update(repeating: function(x, y), count: count)
    }
  }
}

extension RunOperand {
  @inline(__always)
  fileprivate func value(_ index: Int) -> Float {
    switch unsafe self {
    case .run(let values): unsafe values[index]
    case .number(let number): number
    }
  }
}
