import TensorCore

/// The components that SIMPLS finds in centered variables and responses.
///
/// Each weight vector maximizes the covariance of its score with some combination of the responses
/// among all scores orthogonal to the earlier ones. S. de Jong, Chemometrics and Intelligent
/// Laboratory Systems 18 (1993) 251–263. Weights are made orthogonal to the earlier loadings twice
/// over, which keeps late scores orthogonal where the published steps lose digits.
struct SIMPLS {
  /// One row per component: the weights that give its score from centered variables.
  private(set) var rotations: Matrix<Double>

  /// One row per component: the variables' covariances with its score.
  private(set) var loadings: Matrix<Double>

  /// One row per component: the responses' covariances with its score.
  private(set) var responseLoadings: Matrix<Double>

  /// One row per component: its score of every sample, unit length.
  private(set) var scores: Matrix<Double>

  /// How many components were found; fewer than asked when nothing is left to explain.
  private(set) var count = 0

  /// A covariance this small beside the first one is rounding.
  private static let roundingLevel = 1e-13

  /// Finds components.
  ///
  /// - Parameters:
  ///   - variables: One row per sample, centered.
  ///   - responses: As many rows, centered.
  ///   - maximumCount: How many components to look for.
  /// - Throws: `ChemometricsError` when the library refuses.
  init(
    variables: Matrix<Double>, responses: Matrix<Double>, maximumCount: Int
  ) throws(ChemometricsError) {
    let rows = min(maximumCount, variables.rowCount - 1, variables.columnCount)
    rotations = Matrix<Double>(rowCount: rows, columnCount: variables.columnCount)
    loadings = rotations
    responseLoadings = Matrix<Double>(rowCount: rows, columnCount: responses.columnCount)
    scores = Matrix<Double>(rowCount: rows, columnCount: variables.rowCount)

    var basis = loadings
    var covariances = LinearAlgebra.product(responses, variables, transposingA: true)
    let firstNorm = covariances.squaredNorm.squareRoot()
    let scale = variables.squaredNorm.squareRoot()
    while count < rows, covariances.squaredNorm.squareRoot() > Self.roundingLevel * firstNorm {
      var rotation = try Self.dominantDirection(covariances)
      Self.orthogonalize(&rotation, to: basis, count)
      var score = LinearAlgebra.product(variables, rotation)
      let length = score.squaredNorm.squareRoot()
      guard length > Self.roundingLevel * scale * rotation.squaredNorm.squareRoot() else { break }
      score.scale(by: 1 / length)
      rotation.scale(by: 1 / length)
      let loading = LinearAlgebra.combination(variables, score)
      rotations.setRow(count, rotation)
      scores.setRow(count, score)
      loadings.setRow(count, loading)
      responseLoadings.setRow(count, LinearAlgebra.combination(responses, score))

      var direction = loading
      Self.orthogonalize(&direction, to: basis, count)
      direction.scale(by: 1 / direction.squaredNorm.squareRoot())
      basis.setRow(count, direction)
      count += 1
      Self.deflate(&covariances, along: direction)
    }
    dropUnused()
  }

  /// The first left singular vector of the covariances, given one row per response.
  private static func dominantDirection(
    _ covariances: Matrix<Double>
  ) throws(ChemometricsError) -> [Double] {
    let products = LinearAlgebra.product(covariances, covariances, transposingB: true)
    let weights = try LinearAlgebra.dominantEigenvector(of: products)
    var direction = LinearAlgebra.combination(covariances, weights)
    direction.scale(by: 1 / direction.squaredNorm.squareRoot())
    return direction
  }

  /// Takes the parts along the first rows of an orthonormal basis away, twice.
  private static func orthogonalize(
    _ vector: inout [Double], to basis: Matrix<Double>, _ count: Int
  ) {
    if count == 0 { return }
    for _ in 0..<2 {
      let parts = LinearAlgebra.product(basis, firstRows: count, vector)
      vector.add(LinearAlgebra.combination(basis, firstRows: count, parts), times: -1)
    }
  }

  private static func deflate(_ covariances: inout Matrix<Double>, along direction: [Double]) {
    let parts = LinearAlgebra.product(covariances, direction)
    for (row, part) in parts.enumerated() {
      let offset = row * covariances.columnCount
      for column in direction.indices {
        covariances.storage[offset + column] -= part * direction[column]
      }
    }
  }

  private mutating func dropUnused() {
    if count == rotations.rowCount { return }
    rotations = rotations.prefix(count)
    loadings = loadings.prefix(count)
    responseLoadings = responseLoadings.prefix(count)
    scores = scores.prefix(count)
  }
}
