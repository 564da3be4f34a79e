import TensorCore

/// What is found of a value over changes of an input, in double precision.
struct RepeatAccumulator {
  /// The shape of the value, without the axis of changes.
  let shape: Shape

  private let statistic: RepeatedStatistic
  private var count = 0
  /// The sum of what came, its mean for a variance, or what came last.
  private var values: [Double]
  /// The sum of squared differences from the mean.
  private var squares: [Double]

  /// Starts with nothing.
  ///
  /// - Parameters:
  ///   - statistic: What is found.
  ///   - shape: The shape of the value, without the axis of changes.
  init(_ statistic: RepeatedStatistic, _ shape: Shape) {
    self.statistic = statistic
    self.shape = shape
    values = [Double](repeating: 0, count: shape.elementCount)
    squares = statistic == .variance ? values : []
  }

  /// Takes a row of numbers.
  mutating func add(_ numbers: [Float], row: Int) {
    count += 1
    let offset = row * values.count
    switch statistic {
    case .mean:
      for index in values.indices { values[index] += Double(numbers[offset + index]) }
    case .last:
      for index in values.indices { values[index] = Double(numbers[offset + index]) }
    case .variance:
      // Welford 1962: nothing cancels where gradients are large and hardly vary.
      for index in values.indices {
        let number = Double(numbers[offset + index])
        let gap = number - values[index]
        values[index] += gap / Double(count)
        squares[index] += gap * (number - values[index])
      }
    }
  }

  /// What was found.
  var found: Tensor {
    let share = 1 / Double(max(count, 1))
    let numbers =
      switch statistic {
      case .mean: values.map { Float($0 * share) }
      case .variance: squares.map { Float($0 * share) }
      case .last: values.map { Float($0) }
      }
    return Tensor(shape: shape, elements: numbers)
  }
}
