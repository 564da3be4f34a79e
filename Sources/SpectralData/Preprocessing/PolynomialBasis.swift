/// Polynomials up to a degree that are orthonormal on some points, for stable least squares.
struct PolynomialBasis {
  /// Values of each polynomial at the points, lowest degree first.
  let values: [[Double]]

  /// Coefficients of each polynomial for the powers of the position, lowest power first.
  private let coefficients: [[Double]]

  /// Builds the polynomials by Gram–Schmidt, each direction removed twice.
  ///
  /// - Parameters:
  ///   - positions: More points than `order`, no two equal, best within −1…1.
  ///   - order: The greatest degree.
  init(positions: [Double], order: Int) {
    var values: [[Double]] = []
    var coefficients: [[Double]] = []
    for degree in 0...order {
      // The next direction is the last polynomial times the position.
      var value =
        degree == 0
        ? positions.map { _ in 1.0 } : zip(values[degree - 1], positions).map { $0 * $1 }
      var coefficient = [Double](repeating: 0, count: order + 1)
      if degree == 0 {
        coefficient[0] = 1
      } else {
        for power in 1...order { coefficient[power] = coefficients[degree - 1][power - 1] }
      }
      for _ in 0..<2 {
        for lower in 0..<degree {
          let share = zip(value, values[lower]).reduce(0) { $0 + $1.0 * $1.1 }
          for index in value.indices { value[index] -= share * values[lower][index] }
          for power in 0...order { coefficient[power] -= share * coefficients[lower][power] }
        }
      }
      let length = value.reduce(0) { $0 + $1 * $1 }.squareRoot()
      values.append(value.map { $0 / length })
      coefficients.append(coefficient.map { $0 / length })
    }
    self.values = values
    self.coefficients = coefficients
  }

  /// The weights that turn values at the points into a derivative of the fitted polynomial.
  ///
  /// - Parameters:
  ///   - derivative: Which derivative; 0 is the value.
  ///   - position: Where it is taken.
  /// - Returns: One weight per point.
  func weights(derivative: Int, at position: Double) -> [Double] {
    var weights = [Double](repeating: 0, count: values[0].count)
    for (value, coefficient) in zip(values, coefficients) {
      var result = 0.0
      for power in stride(from: coefficient.count - 1, through: derivative, by: -1) {
        var factor = coefficient[power]
        for step in 0..<derivative { factor *= Double(power - step) }
        result = result * position + factor
      }
      for index in weights.indices { weights[index] += result * value[index] }
    }
    return weights
  }

  /// The polynomial that is nearest to values at the points.
  ///
  /// - Parameter points: One value per point.
  /// - Returns: Its values at the points.
  func fit(_ points: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: points.count)
    for value in values {
      var share = 0.0
      for index in points.indices { share += value[index] * points[index] }
      for index in points.indices { result[index] += share * value[index] }
    }
    return result
  }
}
