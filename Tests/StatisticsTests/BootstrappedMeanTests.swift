import Foundation
import TensorCore
import Testing

@testable import Statistics

struct BootstrappedMeanTests {
  @Test func `all draws of four values`() throws {
    let values: [Double] = [1, 2, 4, 9]
    let draws: [Double] = (0..<256).map { code in
      let drawn: [Double] = [0, 2, 4, 6].map { values[(code >> $0) & 3] }
      return drawn.reduce(0, +) / 4
    }
    let result = BootstrappedMean(UnitStratum.all(.init(values)), draws: draws, level: 0.95)
    #expect(result.mean == 4)
    #expect(abs(result.standardError - 1.541104) < 1e-6)
    #expect(abs(result.acceleration - 0.064035) < 1e-6)
    let below: Int = draws.count { $0 < 4 }
    let equal: Int = draws.count { $0 == 4 }
    #expect(Double(below) / 256 == 0.484375)
    #expect(result.shareBelow == (Double(below) + Double(equal) / 2) / 256)
    #expect(abs(draws.quantile(0.025) - 1.5) < 1e-12 && abs(draws.quantile(0.975) - 7.25) < 1e-12)
  }

  @Test func `classes count alike and units are drawn whole`() throws {
    var generator = SplitMix64(seed: 1)
    let values: [Double] = [4, -1, 6, 2, 0, 3, -2, 5]
    let classes = [0, 0, 0, 1, 1, 2, 2, 2]
    let balanced = BootstrappedMean(.init(values, classes: classes), using: &generator)
    #expect(abs(balanced.mean - 2) < 1e-12)
    // Copies of every row in one unit say nothing more.
    let units = (0..<8).flatMap { [$0, $0, $0] }
    let copied = BootstrappedMean(
      .init(values.flatMap { [$0, $0, $0] }, units: units), drawCount: 4000, using: &generator)
    let plain = BootstrappedMean(.init(values), drawCount: 4000, using: &generator)
    #expect(copied.unitCount == 8 && copied.mean == plain.mean)
    #expect(abs(copied.standardError / plain.standardError - 1) < 0.08)
    #expect(abs(copied.acceleration - plain.acceleration) < 1e-12)
  }

  @Test func `equal seeds give equal intervals, and one unit none`() {
    let values = (0..<30).map { sin(Double($0 * $0)) }
    var (first, second) = (SplitMix64(seed: 9), SplitMix64(seed: 9))
    let one = BootstrappedMean(.init(values), using: &first)
    #expect(one == BootstrappedMean(.init(values), using: &second))
    #expect(BootstrappedMean(.init([3]), using: &first).interval == nil)
    let alike = BootstrappedMean(.init([2, 2, 2]), using: &first).interval
    #expect(alike?.lower == 2 && alike?.upper == 2)
  }

  /// Differences as they are met: bell-shaped, skewed, and few large among many small ones.
  enum Shape: CaseIterable {
    case normal, exponential, mixed

    func value(_ generator: inout SplitMix64) -> Double {
      func uniform() -> Double { Double.random(in: Double.ulpOfOne...1, using: &generator) }
      func normal() -> Double { (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()) }
      switch self {
      case .normal: return normal()
      case .exponential: return -log(uniform())
      case .mixed: return uniform() < 0.2 ? 3 + normal() : 0.5 * normal()
      }
    }

    var mean: Double {
      switch self {
      case .normal: 0
      case .exponential: 1
      case .mixed: 0.6
      }
    }
  }

  @Test(arguments: Shape.allCases, [20, 50, 200])
  func `intervals hold the truth about as often as they say`(shape: Shape, count: Int) throws {
    var generator = SplitMix64(seed: UInt64(count))
    let setCount = count == 20 ? 1000 : 400
    var hits = 0
    for _ in 0..<setCount {
      let values = (0..<count).map { _ in shape.value(&generator) }
      let result = BootstrappedMean(
        .init(values), drawCount: count == 20 ? 1000 : 200, using: &generator)
      let interval = try #require(result.interval)
      if interval.lower <= shape.mean, shape.mean <= interval.upper { hits += 1 }
    }
    let coverage = Double(hits) / Double(setCount)
    // Twice the standard error of so many sets, and what few draws and skewed values of few units take.
    let error = (0.95 * 0.05 / Double(setCount)).squareRoot()
    let allowance = shape == .exponential && count == 20 ? 0.02 : 0.01
    #expect(abs(coverage - 0.95) < 2 * error + allowance, "\(coverage)")
  }

  @Test func `any false finding among four equal methods is as rare as it should be`() {
    var generator = SplitMix64(seed: 3)
    let setCount = 400
    var findings = 0
    for _ in 0..<setCount {
      var columns = [[Double]](repeating: [], count: 4)
      for _ in 0..<30 {
        let common = Shape.normal.value(&generator)
        for place in columns.indices {
          // Differences of equal methods are as likely with the other sign, however long their tails.
          let value = Shape.normal.value(&generator)
          columns[place].append(common + value * value * value)
        }
      }
      let flips = SignFlips(columns, flipCount: 199, using: &generator)
      if flips.adjusted.contains(where: { $0 <= 0.05 }) { findings += 1 }
    }
    let rate = Double(findings) / Double(setCount)
    #expect(abs(rate - 0.05) < 0.025, "\(rate)")
  }
}
