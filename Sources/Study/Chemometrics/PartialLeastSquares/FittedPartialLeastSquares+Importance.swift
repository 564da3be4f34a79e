package import TensorCore

extension FittedPartialLeastSquares {
  /// The variable importance in projection (VIP) of every variable.
  ///
  /// `VIP_j = √(p Σ_a SS_a w_aj² / Σ_a SS_a)`, with `p` variables, `SS_a` the variation of the
  /// response that component `a` explains and `w_a` its orthonormal weights, which span what the
  /// first `a` rotations span. For one response these are the weights of the usual algorithm
  /// (NIPALS). The mean of all squares is one; variables above one count as important.
  /// I.-G. Chong, C.-H. Jun, Chemometrics and Intelligent Laboratory Systems 78 (2005) 103–112.
  ///
  /// - Parameters:
  ///   - count: How many components to use, 1…`componentCount`; all when nil.
  ///   - response: The response that is explained; all together when nil.
  /// - Returns: One value per variable, not negative.
  /// - Throws: `ChemometricsError` when there is no such response or number of components.
  package func variableImportance(
    componentCount count: Int? = nil, response: Int? = nil
  ) throws(ChemometricsError) -> [Double] {
    let count = try checked(count)
    try checked(response: response)
    let explained = (0..<count).map { component in
      let loadings = responseLoadings.row(component)
      return response.map { loadings[$0] * loadings[$0] } ?? loadings.squaredNorm
    }
    let total = explained.reduce(0, +)
    guard total > 0 else { return [Double](repeating: 0, count: center.count) }
    var sums = [Double](repeating: 0, count: center.count)
    for (weight, share) in zip(orthonormalWeights(count), explained) {
      for variable in sums.indices { sums[variable] += share * weight[variable] * weight[variable] }
    }
    return sums.map { (Double(center.count) * $0 / total).squareRoot() }
  }

  /// The rotations made orthonormal one after the other.
  private func orthonormalWeights(_ count: Int) -> [[Double]] {
    var weights: [[Double]] = []
    for component in 0..<count {
      var weight = rotations.row(component)
      weight.scale(by: 1 / weight.squaredNorm.squareRoot())
      for _ in 0..<2 {
        for earlier in weights { weight.add(earlier, times: -weight.dot(earlier)) }
      }
      let length = weight.squaredNorm.squareRoot()
      weight.scale(by: length > 0 ? 1 / length : 0)
      weights.append(weight)
    }
    return weights
  }

  /// The selectivity ratio of every variable: explained over residual variation along the target
  /// projection of one response.
  ///
  /// The regression coefficients, at unit length, project the samples on one score `t`; of each
  /// variable's variation, what `t` explains is divided by what it leaves. O. M. Kvalheim, Journal
  /// of Chemometrics 24 (2010) 496–504. A variable that `t` explains wholly has an infinite ratio;
  /// one that does not vary has zero.
  ///
  /// - Parameters:
  ///   - variables: The samples, usually those of training.
  ///   - response: The response, 0 for the first.
  ///   - count: How many components to use, 1…`componentCount`; all when nil.
  /// - Returns: One ratio per variable, not negative.
  /// - Throws: `ChemometricsError` when the variables, response or count do not fit the model.
  package func selectivityRatio(
    of variables: Matrix<Double>, response: Int = 0, componentCount count: Int? = nil
  ) throws(ChemometricsError) -> [Double] {
    try checked(response: response)
    let coefficients = try coefficients(componentCount: count).row(response)
    return try Self.selectivityRatio(of: variables, along: coefficients)
  }

  /// The selectivity ratio of every variable along any direction; samples are looked at one after the
  /// other.
  ///
  /// - Parameters:
  ///   - variables: The samples, usually those of training.
  ///   - coefficients: The direction, one number per variable.
  /// - Returns: One ratio per variable, explained over residual variation, not negative.
  /// - Throws: `ChemometricsError` when the counts differ.
  @specialized(where Number == Float)
  @specialized(where Number == Double)
  package static func selectivityRatio<Number: BinaryFloatingPoint>(
    of variables: Matrix<Number>, along coefficients: [Double]
  ) throws(ChemometricsError) -> [Double] {
    guard variables.columnCount == coefficients.count else {
      throw ChemometricsError(
        .lengthMismatch,
        "\(variables.columnCount) variables were given to a model of \(coefficients.count)")
    }
    let zeros = [Double](repeating: 0, count: coefficients.count)
    var (means, totals, products, length) = (zeros, zeros, zeros, 0.0)
    for offset in variables.rowOffsets {
      for column in means.indices { means[column] += Double(variables.elements[offset + column]) }
    }
    for column in means.indices { means[column] /= Double(max(1, variables.rowCount)) }
    var centered = zeros
    for offset in variables.rowOffsets {
      for column in means.indices {
        centered[column] = Double(variables.elements[offset + column]) - means[column]
      }
      let score = centered.dot(coefficients)
      length += score * score
      for (column, value) in centered.enumerated() {
        products[column] += score * value
        totals[column] += value * value
      }
    }
    guard length > 0 else { return zeros }
    return zip(products, totals).map { product, total in
      let explained = product * product / length
      if total == 0 { return 0 }
      return explained >= total ? .infinity : explained / (total - explained)
    }
  }
}

extension Matrix {
  /// Where the rows begin among the elements.
  fileprivate var rowOffsets: StrideTo<Int> {
    stride(from: 0, to: rowCount * columnCount, by: Swift.max(1, columnCount))
  }
}
