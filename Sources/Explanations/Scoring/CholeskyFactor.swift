/// The lower triangle `L` of a symmetric matrix `L Lᵀ`, which must be positive definite.
struct CholeskyFactor {
  private let count: Int
  private var lower: [Double]

  /// Factors a matrix; nil where it is not positive definite.
  ///
  /// - Parameters:
  ///   - matrix: `[count, count]` in row-major order; only its lower triangle is read.
  ///   - count: How many rows it has.
  ///   - shift: What is added to its diagonal.
  ///   - least: What squares of the diagonal of the factor must exceed.
  init?(_ matrix: [Double], count: Int, adding shift: Double = 0, least: Double = 0) {
    self.count = count
    lower = matrix
    for row in 0..<count {
      for column in 0...row {
        var value = matrix[row * count + column] + (row == column ? shift : 0)
        for inner in 0..<column {
          value -= lower[row * count + inner] * lower[column * count + inner]
        }
        if row == column {
          guard value > least else { return nil }
          lower[row * count + row] = value.squareRoot()
        } else {
          lower[row * count + column] = value / lower[column * count + column]
        }
      }
    }
  }

  /// The solution of `L Lᵀ x = right`.
  func solution(of right: [Double]) -> [Double] {
    var values = right
    for row in 0..<count {
      for inner in 0..<row { values[row] -= lower[row * count + inner] * values[inner] }
      values[row] /= lower[row * count + row]
    }
    for row in stride(from: count - 1, through: 0, by: -1) {
      for inner in row + 1..<count { values[row] -= lower[inner * count + row] * values[inner] }
      values[row] /= lower[row * count + row]
    }
    return values
  }
}
