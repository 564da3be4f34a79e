import Statistics
import TensorCore
import TestSupport
import Testing

/// Reference values: SciPy 1.17.
struct StatisticsTests {
  @Test(arguments: [
    (1.0, 12.706204736174694, 0.24223788318168682),
    (2, 4.302652729749462, 0.12961172022151082),
    (4, 2.7764451051977934, 0.06676654481198814),
    (9, 2.262157162798205, 0.033861827682985735),
    (99, 1.9842169515864174, 0.014062596921149069),
  ])
  func `the t distribution is SciPy's`(freedom: Double, critical: Double, beyond: Double) {
    expectClose(
      [
        StudentDistribution.criticalValue(level: 0.95, freedom: freedom),
        StudentDistribution.twoSidedProbability(of: 2.5, freedom: freedom),
        StudentDistribution.twoSidedProbability(of: -2.5, freedom: freedom),
      ], [critical, beyond, beyond], relative: 1e-11)
  }

  @Test func `a constant value has no determination, and two points no residual`() {
    #expect(FittedLine(x: [0, 1], y: [2, 2])?.determination == nil)
    #expect(FittedLine(x: [0, 1], y: [2, 2])?.residualDeviation == nil)
    #expect(FittedLine(x: [1, 1], y: [2, 3]) == nil)
  }

  @Test func `quantiles lie between neighbors linearly`() {
    let values = [4.0, 1, 2, 8]
    let found = [0, 0.25, 0.5, 0.9, 1].map(values.quantile)
    expectClose(found, [1, 1.75, 3, 6.8, 8], absolute: 1e-14)
    #expect([Double]().quantile(0.5).isNaN && [3.0].quantile(0.05) == 3)
  }

  @Test func `moments of columns are those of each column by itself`() {
    let rows: [[Double]] = [[1, 0.5, -3], [2, 0.25, 7], [4, 0.125, 1], [-3, 8, 0]]
    let moments = ColumnMoments(rows)
    let columns = (0..<3).map { column in rows.map { $0[column] } }
    expectClose(moments.mean, columns.map(\.mean), absolute: 1e-15)
    expectClose(
      moments.sampleDeviation, columns.map { $0.sampleVariance.squareRoot() }, relative: 1e-14)
    expectClose(moments.variance, columns.map { $0.sampleVariance * 3 / 4 }, relative: 1e-14)
    #expect(ColumnMoments(rows.map { $0.map { Float($0) } }) == moments)
    #expect(ColumnMoments([[5.0, 6]]).sampleDeviation == [0, 0])
    #expect(rows.columnMeans == moments.mean)
  }

  @Test func `correlations of known rows`() {
    expectClose(
      [Correlation.of([1, 2, 3], [2, 4, 6]) ?? 0, Correlation.of([1, 2, 3], [1, 0, -1]) ?? 0],
      [1, -1], absolute: 1e-15)
    // scipy.stats.pearsonr([1, 2, 3, 5], [1, 3, 2, 2]).
    expectClose(
      [Correlation.of([1, 2, 3, 5], [1, 3, 2, 2]) ?? 0], [0.23904572186687872], absolute: 1e-15)
    #expect(Correlation.of([1, 1], [1, 2]) == nil)
  }

  @Test func `the mean correlation of pairs is that of all pairs one by one`() throws {
    var generator = SeededGenerator(seed: 4)
    let rows = (0..<6).map { _ in
      (0..<9).map { _ in Double.random(in: -1...1, using: &generator) }
    }
    let pairs = rows.indices.flatMap { first in
      rows[..<first].compactMap { Correlation.of(rows[first], $0) }
    }
    let mean = try #require(Correlation.meanOfPairs(rows + [[Double](repeating: 2, count: 9)]))
    expectClose([mean], [pairs.mean], absolute: 1e-14)
    #expect(Correlation.meanOfPairs([rows[0]]) == nil)
  }

  @Test func `a group stands apart by deviations within groups`() throws {
    let groups = GroupMoments([
      .init(count: 3, mean: 10, deviation: 2), .init(count: 1, mean: 5, deviation: 0),
      .init(count: 4, mean: 7, deviation: 1),
    ])
    // Others: (5 + 28) / 5 = 6.6; within: (2·4 + 0 + 3·1) / 5 = 2.2.
    let found = try #require(groups.standardizedDifference(of: 0))
    expectClose([found], [3.4 / 2.2.squareRoot()], absolute: 1e-14)
    let constant = GroupMoments([
      .init(count: 2, mean: 1, deviation: 0), .init(count: 2, mean: 2, deviation: 0),
    ])
    #expect(constant.standardizedDifference(of: 0) == nil)
  }

  @Test func `without an error in n tests the rate may be so high`() {
    let bounds = [1, 10, 59, 300].map { ErrorRate.bound(withoutErrorIn: $0) }
    for (bound, count) in zip(bounds, [1.0, 10, 59, 300]) {
      // No error in so many tests has a probability of 5 %.
      expectClose(
        [(0..<Int(count)).reduce(1) { product, _ in product * (1 - bound) }], [0.05],
        relative: 1e-11)
    }
  }

  @Test func `half of a sum lies on so many values`() {
    #expect(Concentration.half([1, 1, 1, 1]) == 0.5)
    #expect(Concentration.half([0, 6, 1, 1]) == 0.25)
    #expect(Concentration.half([0, 0]) == 0.5)
  }

  @Test func `moments of rows that come one by one are those of all`() {
    let rows: [[Float]] = [
      [1e4, 2, -1], [1e4 + 1, 4, -1], [1e4 + 2, 9, -1], [1e4 - 3, 0.5, -1],
    ]
    let whole = ColumnMoments(rows)
    var running = RunningMoments(columnCount: 3)
    for row in rows { running.add(([0] + row)[1...]) }
    #expect(running.rowCount == 4)
    for column in 0..<3 {
      // A few roundings of numbers of 1e4 in double precision.
      #expect(abs(running.mean[column] - whole.mean[column]) < 1e-11)
      #expect(abs(running.sampleDeviation[column] - whole.sampleDeviation[column]) < 1e-11)
    }
  }
}
