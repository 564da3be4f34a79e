import Statistics
import TensorCore
import TestSupport
import Testing

@testable import Chemometrics

struct PLSDiscriminantTests {
  private let irises: Matrix<Double>

  init() throws {
    irises = try Matrix<Double>(rows: Irises.rows)
  }

  /// Reference: normal densities of SciPy 1.17 around the class means of SIMPLS scores by NumPy, with
  /// the pooled covariance divided by samples less classes; samples 7, 13 and 19.
  @Test(arguments: [
    (
      1, PLSDiscriminant.Priors.proportional,
      [
        [0.999995114013, 4.88593692015e-06, 5.0167795636e-11],
        [3.56487579787e-06, 0.8936475, 0.106348935124],
        [4.46909799674e-11, 0.176653651122, 0.823346348834],
      ]
    ),
    (
      2, .proportional,
      [
        [1, 3.0845203438e-33, 1.24196566314e-70],
        [4.66678382941e-43, 0.99577833112, 0.00422166887976],
        [3.66363348064e-70, 1.16749635204e-07, 0.99999988325],
      ]
    ),
    (
      2, .equal,
      [
        [1, 3.0845203438e-33, 1.41938932931e-70],
        [4.66397100923e-43, 0.995178143606, 0.00482185639386],
        [3.20567934234e-70, 1.02155932294e-07, 0.999999897844],
      ]
    ),
  ])
  func `probabilities are those of an analysis of the scores`(
    count: Int, priors: PLSDiscriminant.Priors, expected: [[Double]]
  ) throws {
    let model = try PLSDiscriminant(componentCount: .fixed(count), priors: priors)
      .fit(irises, Irises.classes)
    let found = try model.probabilities(of: irises).selecting(rows: [7, 13, 19])
    // Logarithms down to 1e-70 magnify the rounding of scores of magnitude 100.
    expectClose(found, expected, relative: 1e-8)
  }

  @Test func `predictions are scikit-learn's`() throws {
    let one = try PLSDiscriminant(componentCount: .fixed(1)).fit(irises, Irises.classes)
    #expect(
      try one.predictions(for: irises)
        == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 1, 1, 1, 1, 1, 2, 1, 2, 2, 2, 2, 1])
    let two = try PLSDiscriminant(componentCount: .fixed(2)).fit(irises, Irises.classes)
    #expect(try two.predictions(for: irises) == Irises.classes.indices)
  }

  @Test(arguments: [DiscriminantTarget.score(0), .score(2), .margin(1, over: 2)], [false, true])
  func `contributions and the constant add up to the target`(
    target: DiscriminantTarget, fromMean: Bool
  ) throws {
    let model = try PLSDiscriminant(componentCount: .fixed(3)).fit(irises, Irises.classes)
    let scores = try model.classScores(of: irises)
    for sample in 0..<irises.rowCount {
      let found = try model.contributions(
        of: irises.row(sample), to: target, fromMean: fromMean)
      let expected =
        switch target {
        case .score(let index): scores[sample, index]
        case .margin(let index, let other): scores[sample, index] - scores[sample, other]
        }
      expectClose([found.values.reduce(found.constant, +)], [expected], absolute: 1e-9)
    }
  }

  @Test func `coefficients are rotations times covariance inverse times mean score`() throws {
    let model = try PLSDiscriminant(componentCount: .fixed(1)).fit(irises, Irises.classes)
    // One component: S is one number.
    let scores = model.components.scores.column(0)
    let parts = [0..<8, 8..<16, 16..<23].map { Array(scores[$0]) }
    let pooled = parts.reduce(0) { $0 + $1.sampleVariance * Double($1.count - 1) } / 20
    let expected = parts.map { part in
      model.components.rotations.row(0).map { $0 * part.mean / pooled }
    }
    expectClose(model.coefficients, expected, relative: 1e-10)
  }

  @Test func `a class without training samples is never predicted nor explained`() throws {
    let classes = try ClassLabels(
      indices: Irises.classes.indices.map { $0 == 0 ? 0 : 2 }, names: ["a", "b", "c"])
    let model = try PLSDiscriminant(componentCount: .fixed(2)).fit(irises, classes)
    #expect(try model.predictions(for: irises) == classes.indices)
    #expect(model.constants[1] == -.infinity)
    #expect(try model.probabilities(of: irises).column(1) == Array(repeating: 0, count: 23))
    var broken = irises
    broken[4, 1] = .infinity
    #expect(errorCode { try model.predictions(for: broken) } == .notFinite)
    #expect(errorCode { try model.predictions(for: irises.transposed) } == .lengthMismatch)
    #expect(errorCode { try model.coefficients(of: .score(1)) } == .tooFewSamples)
    #expect(errorCode { try model.coefficients(of: .margin(0, over: 3)) } == .invalidSettings)
  }

  @Test func `more components than the spread within classes allows are refused`() throws {
    let x = Matrix<Double>.random(8, 30, seed: 1)
    let classes = ClassLabels(["a", "a", "a", "a", "b", "b", "b", "b"])
    #expect(throws: ChemometricsError.self) {
      try PLSDiscriminant(componentCount: .fixed(7)).fit(x, classes)
    }
    let searched = try PLSDiscriminant().fit(x, classes)
    #expect((1...6).contains(searched.componentCount))
    #expect(
      errorCode {
        try PLSDiscriminant().fit(x, ClassLabels(Array(repeating: "a", count: 8)))
      } == .tooFewSamples)
  }
}
