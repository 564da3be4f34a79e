import TensorCore
import TestSupport
import Testing

@testable import Chemometrics

/// Reference values: scikit-learn 1.9 `PLSRegression(scale=False)` where one response is named, and
/// the published SIMPLS steps written out in NumPy for several responses.
struct PartialLeastSquaresTests {
  private func fitted(_ count: Int, response: Int? = nil) throws -> FittedPartialLeastSquares {
    let responses = Linnerud.physiology.map { row in response.map { [row[$0]] } ?? row }
    return try PartialLeastSquares(componentCount: count).fit(
      Matrix<Double>(rows: Linnerud.exercises), Matrix<Double>(rows: responses))
  }

  @Test(arguments: [
    (0, 1, [-0.00981363211729, -0.146966858631, -0.0552788574024]),
    (0, 2, [-0.0207713251997, -0.243304913507, 0.0908272390125]),
    (0, 3, [-0.475026358664, -0.217716469751, 0.0930883706219]),
    (1, 2, [-0.00475037374016, -0.0477887723998, 0.0273300109726]),
    (2, 2, [0.00217448648928, 0.0419675660194, -0.0294671178398]),
  ])
  func `coefficients for one response are scikit-learn's`(
    response: Int, count: Int, expected: [Double]
  ) throws {
    let model = try fitted(count, response: response)
    expectClose(try model.coefficients(), [expected], relative: 1e-9)
    let larger = try fitted(3, response: response)
    expectClose(try larger.coefficients(componentCount: count), [expected], relative: 1e-9)
  }

  @Test func `several responses agree with the published steps`() throws {
    let expected: [[[Double]]] = [
      [
        [-0.00986483560893, -0.147765511418, -0.0544842650311],
        [-0.00160368208882, -0.0240215765778, -0.00885726264653],
        [0.00120843789099, 0.018101208176, 0.00667429777206],
      ],
      [
        [-0.0204843577582, -0.243315760949, 0.0908181901336],
        [-0.00424707855428, -0.0478058098355, 0.0273112194194],
        [0.00385043618619, 0.0418728612522, -0.0294750537183],
      ],
      [
        [-0.475026358663, -0.217716469751, 0.0930883706219],
        [-0.136870229873, -0.0403366240102, 0.0279735971311],
        [0.00107078840272, 0.0420294078703, -0.0294611709481],
      ],
    ]
    let model = try fitted(3)
    for count in 1...3 {
      expectClose(
        try model.coefficients(componentCount: count), expected[count - 1], relative: 1e-8)
    }
  }

  @Test func `rotations and loadings are scikit-learn's up to the length of the scores`() throws {
    let model = try fitted(2, response: 0)
    let rotations = [
      [0.0623778809987, 0.934157823408, 0.351366135145],
      [-0.0641247064441, -0.563772816223, 0.855016696659],
    ]
    let loadings = [
      [0.0509208837553, 0.85387639538, 0.56683990938],
      [-0.015128176809, -0.35133877518, 0.936770781788],
    ]
    for component in 0..<2 {
      let rotation = model.rotations.row(component)
      let factor = rotation[1] / rotations[component][1]
      expectClose(rotation, rotations[component].map { $0 * factor }, relative: 1e-9)
      expectClose(
        model.loadings.row(component), loadings[component].map { $0 / factor }, relative: 1e-9)
    }
    expectClose(model.explainedVariance, [0.830449379098, 0.16736773581], relative: 1e-9)
  }

  @Test func `importance and selectivity follow their formulas`() throws {
    let model = try fitted(2, response: 0)
    expectClose(
      try model.variableImportance(), [0.104038772059, 1.47214920775, 0.906616040027],
      relative: 1e-9)
    expectClose(
      try model.selectivityRatio(of: Matrix<Double>(rows: Linnerud.exercises)),
      [0.782965024588, 12.4167182492, 0.241394810334], relative: 1e-8)
  }

  @Test(arguments: [nil, 0, 1, 2])
  func `the mean squared importance is one`(response: Int?) throws {
    let importance = try fitted(3).variableImportance(response: response)
    expectClose([importance.squaredNorm / 3], [1], absolute: 1e-12)
  }

  @Test func `scores are orthonormal, also late ones of nearly dependent variables`() throws {
    let base = Matrix<Double>.random(40, 12, seed: 1)
    var mixed = LinearAlgebra.product(base, Matrix<Double>.random(12, 90, seed: 2))
    for index in mixed.elements.indices { mixed.storage[index] *= 100 }
    let noise = Matrix<Double>.random(40, 90, seed: 3)
    for index in mixed.elements.indices { mixed.storage[index] += 1e-4 * noise.elements[index] }
    let model = try PartialLeastSquares(componentCount: 25).fit(
      mixed, Matrix<Double>.random(40, 2, seed: 4))
    #expect(model.componentCount == 25)
    let products = LinearAlgebra.product(model.scores, model.scores, transposingA: true)
    let identity = (0..<25).map { row in (0..<25).map { $0 == row ? 1.0 : 0.0 } }
    expectClose(products, identity, absolute: 1e-8)
  }

  @Test func `with all components it is least squares`() throws {
    let (x, y) = (Matrix<Double>.random(15, 4, seed: 5), Matrix<Double>.random(15, 2, seed: 6))
    let model = try PartialLeastSquares(componentCount: 4).fit(x, y)
    let residuals = zip(try model.predictions(for: x).elements, y.elements).map { $0 - $1 }
    let matrix = Matrix<Double>(rowCount: 15, columnCount: 2, elements: residuals)
    // Residuals of least squares are orthogonal to the variables and to the constant.
    let products = LinearAlgebra.product(x, matrix, transposingA: true)
    expectClose(
      products.elements + matrix.columnMeans, [Double](repeating: 0, count: 10), absolute: 1e-11)
    expectClose([model.explainedVariance.reduce(0, +)], [1], absolute: 1e-12)
  }

  @Test func `predictions are coefficients times variables plus intercept, for every count`() throws
  {
    let (x, y) = (Matrix<Double>.random(12, 30, seed: 7), Matrix<Double>.random(12, 3, seed: 8))
    let model = try PartialLeastSquares(componentCount: 6).fit(x, y)
    let fresh = Matrix<Double>.random(5, 30, seed: 9)
    for (index, predictions) in try model.predictionsForEveryCount(of: fresh).enumerated() {
      var expected = LinearAlgebra.product(
        fresh, try model.coefficients(componentCount: index + 1), transposingB: true)
      let intercepts = try model.intercepts(componentCount: index + 1)
      for row in 0..<5 { for column in 0..<3 { expected[row, column] += intercepts[column] } }
      expectClose(predictions.elements, expected.elements, absolute: 1e-11)
    }
  }

  @Test func `a row space gives the same scores as all variables`() throws {
    let (x, y) = (Matrix<Double>.random(20, 300, seed: 10), Matrix<Double>.random(20, 2, seed: 11))
    let compressed = try RowSpace.compressed(x)
    #expect(compressed.columnCount == 20)
    let settings = PartialLeastSquares(componentCount: 8)
    expectClose(
      try settings.fit(compressed, y).scores.elements, try settings.fit(x, y).scores.elements,
      absolute: 1e-10)
  }

  @Test func `components stop where nothing is left to explain`() throws {
    let base = Matrix<Double>.random(20, 2, seed: 12)
    let x = LinearAlgebra.product(base, Matrix<Double>.random(2, 50, seed: 13))
    let model = try PartialLeastSquares(componentCount: 10).fit(
      x, Matrix<Double>.random(20, 1, seed: 14))
    #expect(model.componentCount == 2)
    #expect(
      errorCode {
        try PLSRegression(componentCount: .fixed(10)).fit(x, Matrix<Double>.random(20, 1, seed: 14))
      } == .invalidSettings)
  }

  @Test func `bad input is refused with its place`() throws {
    let (x, y) = (Matrix<Double>.random(5, 3, seed: 15), Matrix<Double>.random(5, 1, seed: 16))
    let settings = PartialLeastSquares(componentCount: 2)
    #expect(
      errorCode { try settings.fit(x, Matrix<Double>.random(4, 1, seed: 1)) } == .lengthMismatch)
    #expect(errorCode { try PartialLeastSquares(componentCount: 0).fit(x, y) } == .invalidSettings)
    var huge = x
    huge[2, 1] = 1e200
    #expect(errorCode { try settings.fit(huge, y) } == .notFinite)
    var constant = Matrix<Double>(rowCount: 5, columnCount: 1)
    #expect(errorCode { try settings.fit(x, constant) } == .noVariation)
    constant[3, 0] = .nan
    #expect(
      throws: ChemometricsError(
        .notFinite, "row 3, column 0 is nan; replace it or leave the row out")
    ) {
      try settings.fit(x, constant)
    }
    #expect(
      errorCode { try settings.fit(x, y).coefficients(componentCount: 3) } == .invalidSettings)
    #expect(errorCode { try settings.fit(x, y).scores(of: y) } == .lengthMismatch)
    #expect(errorCode { try Matrix<Double>(rows: [[1.0, 2], [3]]) } == .lengthMismatch)
  }
}
