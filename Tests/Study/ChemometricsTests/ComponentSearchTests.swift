import Statistics
import TensorCore
import TestSupport
import Testing

@testable import Chemometrics

struct ComponentSearchTests {
  private let variables = Matrix<Double>.random(40, 120, seed: 1)

  /// Two latent directions and a little noise.
  private var responses: Matrix<Double> {
    var y = Matrix<Double>.random(40, 1, seed: 2)
    for row in 0..<40 {
      y[row, 0] = variables[row, 3] * 4 - variables[row, 50] * 3 + y[row, 0] * 0.1
    }
    return y
  }

  @Test func `every count is judged as a fit of its own would be`() throws {
    let search = ComponentSearch(maximumCount: 6, foldCount: 4, seed: 3)
    let errors = try #require(
      try PLSRegression(componentCount: .searched(search)).fit(variables, responses).errors)
    let splits = try KFoldSplits(foldCount: 4, seed: 3).splits(of: SampleLayout(count: 40))
    for count in 1...6 {
      let folds = try splits.map { split in
        let model = try PartialLeastSquares(componentCount: count).fit(
          variables.selecting(rows: split.training), responses.selecting(rows: split.training))
        let found = try model.predictions(for: variables.selecting(rows: split.test)).elements
        let truth = responses.selecting(rows: split.test).elements
        return zip(found, truth).map { $0 - $1 }.squaredNorm / Double(found.count)
      }
      expectClose([errors.means[count - 1]], [folds.mean], relative: 1e-8)
      expectClose(
        [errors.standardErrors[count - 1]], [(folds.sampleVariance / 4).squareRoot()],
        relative: 1e-7)
    }
  }

  @Test func `every count of a discriminant is judged as a fit of its own would be`() throws {
    let classes = ClassLabels((0..<40).map { variables[$0, 7] > 0 ? "high" : "low" })
    let search = ComponentSearch(maximumCount: 7, foldCount: 5, seed: 4)
    let errors = try #require(
      try PLSDiscriminant(componentCount: .searched(search)).fit(variables, classes).errors)
    let layout = try SampleLayout(count: 40, strata: classes.indices)
    let splits = try KFoldSplits(foldCount: 5, seed: 4).splits(of: layout)
    let expected = try (1...7).map { count in
      try splits.map { split in
        let model = try PLSDiscriminant(componentCount: .fixed(count)).fit(
          variables.selecting(rows: split.training), classes.selecting(split.training))
        let found = try model.predictions(for: variables.selecting(rows: split.test))
        let wrong = zip(found, split.test).count { $0 != classes.indices[$1] }
        return Double(wrong) / Double(split.test.count)
      }.mean
    }
    expectClose(errors.means, expected, absolute: 1e-12)
  }

  @Test func `rules take the smallest count that does`() {
    // Means 3, 1.2, 1, 1: the smallest is reached at 3; its standard error is 0.5.
    let folds = [[3, 1.2, 0.5, 0.5], [3, 1.2, 1.5, 1.5]].map { FoldErrors(errors: $0) }
    #expect(ComponentErrors(folds: folds, rule: .minimum).chosenCount == 3)
    #expect(ComponentErrors(folds: folds, rule: .oneStandardError).chosenCount == 2)
    expectClose(
      ComponentErrors(folds: folds, rule: .minimum).standardErrors, [0, 0, 0.5, 0.5],
      absolute: 1e-15)
  }

  @Test func `of counts with equally few errors the surest is taken`() {
    let folds = [
      FoldErrors(errors: [0.5, 0.1, 0, 0.1], brierScores: [0.9, 0.3, 0.4, 0.25]),
      FoldErrors(errors: [0.5, 0, 0.1, 0], brierScores: [0.1, 0.3, 0.3, 0.3]),
    ]
    let errors = ComponentErrors(folds: folds, rule: .minimum)
    #expect(errors.chosenCount == 4)
    expectClose(errors.brierScores ?? [], [0.5, 0.3, 0.35, 0.275], absolute: 1e-15)
  }

  @Test func `replicates stay together in the search`() throws {
    // Labels are noise; with the twin of each sample in training the nearest answer is known.
    let twins = Matrix<Double>(
      rowCount: 40, columnCount: 60,
      elements: (0..<40).flatMap { sample in
        let base = Matrix<Double>.random(1, 60, seed: UInt64(100 + sample / 2)).elements
        let noise = Matrix<Double>.random(1, 60, seed: UInt64(900 + sample)).elements
        return zip(base, noise).map { $0 + 0.01 * $1 }
      })
    let classes = ClassLabels((0..<40).map { ($0 / 2) % 2 == 0 ? "a" : "b" })
    let groups = (0..<40).map { "object \($0 / 2)" }
    let apart = try #require(try PLSDiscriminant().fit(twins, classes).errors)
    let together = try #require(try PLSDiscriminant().fit(twins, classes, groups: groups).errors)
    #expect((apart.means.min() ?? 1) < 0.1)
    #expect((together.means.min() ?? 0) > 0.2)
  }

  @Test func `samples of one group cannot be searched`() throws {
    let layout = try SampleLayout(count: 40, groups: Array(repeating: "one", count: 40))
    #expect(
      errorCode { try PLSRegression().fit(variables, responses, layout: layout) } == .tooFewSamples)
    let none = ComponentSearch(maximumCount: 0)
    #expect(
      errorCode {
        try PLSRegression(componentCount: .searched(none)).fit(variables, responses)
      } == .invalidSettings)
  }
}
