import Foundation
import SpectralData
import Statistics
import TensorCore
import TestSupport
import Testing

@testable import Chemometrics

struct EvidenceTests {
  /// The scores of the golden vectors of a small network: softmax .077696, .348207, .574097.
  @Test func `differences of classes are margins and the distance to the ideal`() throws {
    let difference = try ClassDifference(scores: [1, 2.5, 3], target: 2)
    #expect(difference.rival == 1)
    expectClose(
      [difference.scoreMargin, difference.probabilityMargin, difference.distanceToIdeal],
      [0.5, 0.574097 - 0.348207, 1 - 0.574097], absolute: 1e-6)
    let wrong = try ClassDifference(scores: [1, 2.5, 3], target: 1)
    #expect(wrong.rival == 2 && wrong.scoreMargin == -0.5)
    let sure = try ClassDifference(scores: [800, 0], target: 0)
    #expect(sure.probabilityMargin == 1 && sure.distanceToIdeal == 0)
    let almost = try ClassDifference(scores: [50, 0], target: 0)
    expectClose([almost.distanceToIdeal], [exp(-50)], relative: 1e-12)
    #expect(errorCode { try ClassDifference(scores: [1], target: 0) } == .invalidSettings)
    #expect(errorCode { try ClassDifference(scores: [1, .nan], target: 0) } == .notFinite)
  }

  @Test func `differences of quantities are deviations and a line`() throws {
    let difference = try QuantityDifference(predictions: [1, 3, 5], truth: [0, 1, 2])
    #expect(difference.deviations == [1, 2, 3])
    let line = try #require(difference.line)
    expectClose(
      [line.slope, line.intercept, line.determination ?? 0, line.residualDeviation ?? 1],
      [2, 1, 1, 0], absolute: 1e-14)
  }

  /// The map of a flattening linear head by hand: it adds up to the output less its bias, −0.5.
  @Test func `contributions of bands and of the rest add up to the map`() throws {
    let map = [0.5, -1.5, -1.5, 2]
    let contribution = try FeatureContribution(bands: [0...0, 2...3], pointCount: 4)
    #expect(try contribution.contributions(of: map) == [0.5, 0.5, -1.5])
    expectClose(
      try contribution.shares(of: map), [0.5 / 5.5, 0.5 / 5.5, -1.5 / 5.5], absolute: 1e-15)
    let shares = try #require(try contribution.shares(of: map, inOutput: -0.5))
    #expect(shares == [-1, -1, 3])
    #expect(shares.reduce(0, +) == 1)
    #expect(try contribution.shares(of: map, inOutput: 0) == nil)
    #expect(try contribution.shares(of: [0, 0, 0, 0]) == [0, 0, 0])
  }

  @Test func `slopes of band contributions add up to the slope of the predictions`() throws {
    let (x, y) = (Matrix<Double>.random(30, 40, seed: 1), Matrix<Double>.random(30, 1, seed: 2))
    let model = try PLSRegression(componentCount: .fixed(5)).fit(x, y)
    let beta = try model.components.coefficients().row(0)
    let maps = (0..<30).map { sample in zip(beta, x.row(sample)).map { $0 * $1 } }
    let contribution = try FeatureContribution(bands: [3...9, 20...20, 30...39], pointCount: 40)
    let lines = try contribution.lines(of: maps, concentrations: y.elements)
    let predicted = try #require(
      FittedLine(x: y.elements, y: try model.predictions(for: x).elements))
    expectClose([lines.map(\.slope).reduce(0, +)], [predicted.slope], absolute: 1e-12)
    #expect(
      errorCode {
        try contribution.lines(of: maps, concentrations: Array(repeating: 1, count: 30))
      } == .noVariation)
  }

  @Test func `bands that overlap or leave the axis are refused`() {
    #expect(
      errorCode { try FeatureContribution(bands: [0...2, 2...3], pointCount: 4) }
        == .invalidSettings)
    #expect(
      errorCode { try FeatureContribution(bands: [0...4], pointCount: 4) } == .lengthMismatch)
    #expect(
      errorCode {
        try FeatureContribution(bands: [], pointCount: 4).contributions(of: [1])
      } == .lengthMismatch)
  }

  @Test func `stability is one for equal maps and follows the pairs otherwise`() throws {
    let same = try MapStability(maps: [[0, 1, 3], [0, 1, 3], [0, 1, 3]])
    expectClose([try #require(same.meanCorrelation)], [1], absolute: 1e-12)
    #expect(same.meanOverlap == 1)
    #expect(same.activeFrequency == [0, 1, 1])
    let half = try MapStability(
      maps: [[4, 4, 0, 0], [0, 4, 4, 0]], activeBands: ActiveBands(threshold: .fractionOfMaximum(1))
    )
    #expect(half.mean == [2, 4, 2, 0])
    #expect(half.activeFrequency == [0.5, 1, 0.5, 0])
    expectClose([try #require(half.meanCorrelation)], [0], absolute: 1e-12)
    expectClose([try #require(half.meanOverlap)], [1.0 / 3], absolute: 1e-15)
    expectClose(
      half.standardDeviation, [2 * 2.0.squareRoot(), 0, 2 * 2.0.squareRoot(), 0], absolute: 1e-15)
    let one = try MapStability(maps: [[1, 2]])
    #expect(one.meanOverlap == nil && one.meanCorrelation == nil)
  }
}

/// Reference values: `scipy.signal.savgol_coeffs(…, use="dot")` of SciPy 1.17.
struct KernelComparisonTests {
  @Test(arguments: [
    (
      5, 2, 0, [-0.0857142857143, 0.342857142857, 0.485714285714, 0.342857142857, -0.0857142857143]
    ),
    (
      7, 2, 1,
      [
        -0.107142857143, -0.0714285714286, -0.0357142857143, 0, 0.0357142857143, 0.0714285714286,
        0.107142857143,
      ]
    ),
    (
      7, 4, 0,
      [
        0.021645021645, -0.12987012987, 0.324675324675, 0.567099567100, 0.324675324675,
        -0.12987012987, 0.021645021645,
      ]
    ),
  ])
  func `kernels are SciPy's`(length: Int, degree: Int, derivative: Int, expected: [Double]) throws {
    let kernel = try SmoothingKernel(length: length, degree: degree, derivative: derivative)
    expectClose(kernel.weights, expected, absolute: 1e-11)
  }

  @Test(arguments: [5, 8, 11, 21])
  func `kernels give the derivatives of polynomials`(length: Int) throws {
    for kernel in SmoothingKernel.all(ofLength: length) {
      for power in 0...kernel.degree {
        let values = (0..<length).map { pow(Double($0) - Double(length - 1) / 2, Double(power)) }
        let factorial = [1.0, 1, 2][kernel.derivative]
        let expected = power == kernel.derivative ? factorial : 0
        expectClose(
          [kernel.weights.dot(values)], [expected], absolute: 1e-9, "\(kernel), power \(power)")
      }
    }
  }

  @Test func `a kernel is recognized whatever its size and sign`() throws {
    let derivative = try SmoothingKernel(length: 9, degree: 3, derivative: 1)
    let found = try KernelComparison(kernel: derivative.weights.map { -7 * $0 })
    #expect(found.nearest == derivative)
    expectClose([found.correlation], [-1], absolute: 1e-12)
    let short = try SmoothingKernel(length: 5, degree: 2, derivative: 2)
    let padded = [0, 0, 0] + short.weights + [0, 0, 0]
    #expect(
      try KernelComparison(kernel: padded, includesShorterWindows: true).nearest == short)
    #expect(try abs(KernelComparison(kernel: padded).correlation) < 0.99)
    #expect(errorCode { try KernelComparison(kernel: [0, 0, 0]) } == .invalidSettings)
    #expect(errorCode { try KernelComparison(kernel: [1, 1]) } == .invalidSettings)
  }
}

@Suite struct BandChanceTests {
  private static let axis = try? SpectralAxis(
    positions: (0..<10).map { 1000 + 10 * Double($0) }, unit: .reciprocalCentimeter)

  @Test func `shifted bands match as often as places allow`() throws {
    let axis = try #require(Self.axis)
    // Points 2 and 3 are known; the map is a band at points 2…3 and one at point 7.
    let table = BandTable([
      KnownBand(range: 1020...1030, unit: .reciprocalCentimeter, assignment: "known")
    ])
    let map: [Double] = [0, 0, 3, 3, 0, 0, 0, 2, 0, 0]
    let report = table.report(
      on: try ActiveBands().bands(of: map, positions: axis.positions), axis: axis)
    let chance = try #require(report.chance(axis: axis))
    // The first band (share 3/4) matches at 3 of 10 shifts, the second (1/4) at 2 of 10.
    #expect(abs(chance.meanShare - (0.75 * 3 + 0.25 * 2) / 10) < 1e-12)
    // Both never match together: 3/4 is reached at the 3 shifts of the first.
    #expect(chance.reachedShare == 0.3)
    #expect(report.explainedShare == 0.75)
  }

  @Test func `there is no chance without bands`() throws {
    let axis = try #require(Self.axis)
    let report = BandTable(of: [.proteins]).report(on: [], axis: axis)
    #expect(report.chance(axis: axis) == nil)
    let found = try ActiveBands().bands(
      of: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0], positions: axis.positions)
    #expect(BandTable([]).report(on: found, axis: axis).chance(axis: axis) == nil)
  }
}
