import GraphIR
import Operations
import TensorCore

extension RandomDraft {
  /// Functions of numbers and of pairs.
  static let elementwise: [Maker] = [
    { $0.unary() }, { $0.unary() }, { $0.binary() }, { $0.binary() }, { $0.withNumber() },
    { $0.withNumber() }, { $0.commonFactor() }, { $0.selection() }, { $0.activation() },
    { $0.value().map { -(-$0) } },
  ]

  private mutating func unary() -> Value? {
    guard let x = value() else { return nil }
    switch number(1...6) {
    case 1: return (x.absolute + 0.5).applying(one(of: [.logarithm, .reciprocal]))
    case 2: return x.absolute.squareRoot
    case 3: return x.applying(.tanh).exponential
    case 4: return x.applying(one(of: [.floor, .ceiling, .round, .sign]))
    case 5:
      let (lower, upper) = one(of: [(0, 1), (-0.5, 0.5), (0.25, 0.75)])
      return x.applying(.clip(lower: Float(lower), upper: Float(upper)))
    default:
      return x.applying(
        one(of: [
          .negate, .absolute, .rectify, .tanh, .logistic, .errorFunction, .sine, .cosine,
          .arctangent,
        ]))
    }
  }

  /// A value that broadcasts against another.
  private mutating func partner(of x: Value) -> Value {
    switch number(1...5) {
    case 1: return constant(x.shape)
    case 2:
      // One number per channel, as batch norms have them.
      guard x.shape.rank >= 2 else { return constant([]) }
      return constant(Shape([1, x.shape[1]] + x.shape.positions.map { _ in 1 }))
    default:
      let shape = x.shape
      return value { $0 == shape } ?? x
    }
  }

  private mutating func binary() -> Value? {
    guard let x = value() else { return nil }
    let y = partner(of: x)
    switch number(1...9) {
    case 1: return x.maximum(y)
    case 2: return x.minimum(y)
    case 3: return one(of: [x.isLess(than: y), x.isLessOrEqual(to: y), x.sign.isEqual(to: y.sign)])
    case 4: return (x.absolute + 0.5).power(y.applying(.tanh))
    case 5: return x / y.isLess(than: builder.constant(0)).choosing(y - 0.5, else: y + 0.5)
    case 6: return x - y
    case 7: return x + y
    default: return x * y
    }
  }

  /// An operation with zero, one or minus one.
  private mutating func withNumber() -> Value? {
    guard let x = value() else { return nil }
    let number = one(of: [constant([]), constant(x.shape)])
    let zero = one(of: [builder.constant(0), builder.constant(0).broadcast(to: x.shape)])
    switch self.number(1...9) {
    case 1: return x + number
    case 2: return number + x
    case 3: return x - number
    case 4: return x * number
    case 5: return number * x
    case 6: return x / one(of: [builder.constant(1), (number.absolute + 0.5)])
    case 7:
      return one(of: [
        zero / (x.absolute + 0.5), zero.choosing(number, else: x), x.choosing(x, else: zero),
      ])
    case 8: return x.minimum(zero)
    default: return x.isLess(than: zero)
    }
  }

  private mutating func commonFactor() -> Value? {
    guard let x = value() else { return nil }
    let (y, z) = (partner(of: x), partner(of: x))
    return one(of: [x * y, y * x]) + one(of: [x * z, z * x])
  }

  private mutating func selection() -> Value? {
    guard let x = value() else { return nil }
    let condition = one(of: [x.isLess(than: partner(of: x)), x, partner(of: x).rectified])
    return condition.choosing(partner(of: x), else: partner(of: x))
  }

  /// Parts of what may not be negative.
  private mutating func activation() -> Value? {
    guard let x = value() else { return nil }
    let amount = one(of: [x.rectified, x.absolute, x * x, x.logistic, x.rectified + x.absolute])
    return one(of: [amount.positive, amount.negative, amount.absolute, x * amount])
  }
}
