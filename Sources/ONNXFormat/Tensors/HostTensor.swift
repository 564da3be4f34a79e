import TensorCore

/// Numbers that are known when a model is imported: weights, and the integers of shape arithmetic.
struct HostTensor: Sendable {
  /// The numbers, row-major.
  enum Numbers: Sendable {
    case floats([Float])
    case integers([Int64])
  }

  /// The extents.
  let shape: Shape

  /// What the numbers are in ONNX.
  let type: ElementType

  /// As many numbers as `shape` has elements.
  let numbers: Numbers

  /// The ONNX name of the value; nil for one that was derived.
  var name: String?

  /// The largest number of elements that folding may create; more is left to the graph.
  static let maximumFoldedCount = 1 << 22

  /// Integers are clamped to this magnitude when they steer an operator.
  static let maximumInteger: Int64 = 1 << 40

  init(shape: Shape, type: ElementType, numbers: Numbers) {
    self.shape = shape
    self.type = type
    self.numbers = numbers
  }

  /// Numbers computed in `Double`, stored as the type demands.
  init(shape: Shape, type: ElementType, doubles: [Double]) {
    self.shape = shape
    self.type = type
    numbers =
      if let range = type.integerRange {
        .integers(doubles.map { HostTensor.integer($0, range: range) })
      } else {
        .floats(doubles.map { Float($0) })
      }
  }

  init(shape: Shape, floats: [Float]) {
    self.init(shape: shape, type: .float32, numbers: .floats(floats))
  }

  init(shape: Shape, integers: [Int], type: ElementType = .int64) {
    self.init(shape: shape, type: type, numbers: .integers(integers.map { Int64($0) }))
  }

  /// How many numbers there are.
  var count: Int {
    switch numbers {
    case .floats(let values): values.count
    case .integers(let values): values.count
    }
  }

  /// The numbers as they appear in a graph.
  var floats: [Float] {
    switch numbers {
    case .floats(let values): values
    case .integers(let values): values.map { Float($0) }
    }
  }

  /// The numbers in double precision.
  var doubles: [Double] {
    switch numbers {
    case .floats(let values): values.map { Double($0) }
    case .integers(let values): values.map { Double($0) }
    }
  }

  /// The numbers as integers, clamped to ±2⁴⁰, which is beyond every extent.
  var integers: [Int] {
    switch numbers {
    case .floats(let values):
      let limit = -HostTensor.maximumInteger...HostTensor.maximumInteger
      return values.map { Int(HostTensor.integer(Double($0), range: limit)) }
    case .integers(let values):
      return values.map { Int(min(max($0, -HostTensor.maximumInteger), HostTensor.maximumInteger)) }
    }
  }

  /// The tensor for a graph.
  var tensor: Tensor { Tensor(shape: shape, elements: floats) }

  /// The number without its fraction, inside a range; 0 for what is not a number.
  static func integer(_ number: Double, range: ClosedRange<Int64>) -> Int64 {
    if number.isNaN { return 0 }
    if number >= Double(range.upperBound) { return range.upperBound }
    if number <= Double(range.lowerBound) { return range.lowerBound }
    return Int64(number)
  }
}
