import Foundation
import TensorCore
import Testing

@testable import Chemometrics

struct PeakSearchTests {
  private static func gaussian(_ center: Double, _ width: Double, count: Int = 120) -> [Double] {
    (0..<count).map { exp(-pow((Double($0) - center) / width, 2) / 2) }
  }

  /// Central differences of a Gaussian are flatter than its slope by a factor of about
  /// `1 − 1 / (2 σ²)`: 2 % for a width of 5 points.
  @Test(arguments: [5.0, 7, 12])
  func `the width of a peak is found whatever its height and sign`(width: Double) {
    for height in [3.0, -0.01] {
      let signal = Self.gaussian(60, width).map { height * $0 }
      let found = PeakSearch.width(of: signal, around: 20...100)
      #expect(abs(found / width - 1) < 0.025)
    }
  }

  /// A map of a network: the difference of the spectra times a gradient that is ragged.
  @Test func `ragged evidence has its peak where the band has`() throws {
    var generator = SplitMix64(seed: 3)
    var (largest, found) = ([Double](), [Double]())
    for _ in 0..<40 {
      let center = 60 + 4 * Double(generator.uniform())
      let signal = Self.gaussian(center, 7)
      let map = signal.map { $0 * (1 + 0.4 * Double(generator.normal())) }
      let search = PeakSearch(map: map, signal: signal)
      largest.append(abs(Double(map.indices.max { map[$0] < map[$1] } ?? 0) - center))
      found.append(abs(search.peak(in: 45...79, sign: 1) - center))
    }
    // The spread of a centroid: noise of 0.4 on about 2 √π σ points, σ 7.
    #expect(found.reduce(0, +) / 40 < 1)
    #expect((found.max() ?? 9) < 3)
    #expect((largest.max() ?? 0) > 5)
  }

  /// The maximum of `Σ_j m_j exp(−(x − j)² / 2 σ²)` over a fine grid of `x`, written out.
  @Test func `the peak is that of the map under a Gaussian of the signal's width`() {
    let signal = Self.gaussian(50, 6)
    let map = zip(Self.gaussian(48, 4), Self.gaussian(55, 9)).map { 2 * $0 - 3.5 * $1 }
    let search = PeakSearch(map: map, signal: signal)
    let width = PeakSearch.width(of: signal, around: 30...80)
    let literal = stride(from: 30.0, through: 80, by: 0.01).max { first, second in
      func value(_ place: Double) -> Double {
        let weights = map.indices.map { exp(-pow((place - Double($0)) / width, 2) / 2) }
        return -zip(map, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
      }
      return value(first) < value(second)
    }
    // A parabola through three points is not the curve.
    #expect(abs(search.peak(in: 30...80, sign: -1) - (literal ?? 0)) < 0.05)
  }

  @Test func `positions between points follow the axis, and bands stay as they are`() throws {
    let map = Self.gaussian(60.25, 7)
    let positions = map.indices.map { 4000 - 2 * Double($0) }
    let plain = try ActiveBands().bands(of: map, positions: positions)
    let sought = try ActiveBands().bands(of: map, positions: positions, signal: map)
    #expect(plain.map(\.points) == sought.map(\.points) && plain.count == 1)
    #expect(plain[0].peak == 3880 && plain[0].peakPoint == 60)
    #expect(abs(sought[0].peak - 3879.5) < 0.05 && sought[0].peakPoint == 60)
    #expect(sought[0].share == plain[0].share && sought[0].peakValue == plain[0].peakValue)
  }

  @Test func `a signal without slope and one that does not fit are no traps`() throws {
    let map: [Double] = [0, 1, 3, 1, 0]
    let flat = try ActiveBands().bands(
      of: map, positions: [0, 1, 2, 3, 4], signal: [1, 1, 1, 1, 1])
    #expect(flat.map(\.peak) == [2])
    #expect(throws: ChemometricsError.self) {
      try ActiveBands().bands(of: map, positions: [0, 1, 2, 3, 4], signal: [1])
    }
    #expect(throws: ChemometricsError.self) {
      try ActiveBands().bands(of: map, positions: [0, 1, 2, 3, 4], signal: [1, 2, .nan, 2, 1])
    }
  }
}
