import Catalogs
import Foundation
import TensorCore
import TestSupport
import Testing

@testable import ExplanationQuality

struct ControlTests {
  private static func site(_ positions: [Int], seed: UInt64 = 4) -> ControlSite {
    var generator = SeededGenerator(seed: 11)
    let count = positions.reduce(1, *)
    return ControlSite(
      input: (0..<2 * count).map { _ in generator.uniform() }, channels: 2, positions: positions,
      stride: 2, seed: seed)
  }

  private static func control(_ id: String) throws -> Control {
    try #require(ControlCatalog.entries[id])
  }

  @Test(arguments: ControlCatalog.entries.ids, [[12], [9, 7], [1, 8], [1]])
  func `a control is a finite map that its seed decides`(id: String, positions: [Int]) throws {
    let control = try Self.control(id)
    let site = Self.site(positions)
    let map = control.map(site)
    #expect(map.count == positions.reduce(1, *) && map.allSatisfy(\.isFinite))
    #expect(control.map(site) == map && !control.summary.hasSuffix("."))
    let isRandom = ["smooth-noise", "random-order"].contains(id)
    #expect((control.map(Self.site(positions, seed: 5)) != map) == isRandom)
  }

  @Test func `the spot is highest in the middle and falls as a Gaussian`() throws {
    let map = try Self.control("centered-gaussian").map(Self.site([5, 9]))
    #expect(MapReading(map, positions: [5, 9]).order.first == 22)
    // One row and two columns from the middle: 1/1.25 and 2/2.25 standard deviations.
    expectClose(
      [Double(map[22]), Double(map[15]), Double(map[33])],
      [1, 0.489162, 0.489162], absolute: 1e-6)
  }

  @Test func `edges lie where the input changes, with the slope of Sobel's filter`() {
    // A step of 3 between columns 2 and 3 of every row, of one channel.
    let values = (0..<36).map { $0 % 6 < 3 ? Float(0) : 3 }
    let site = ControlSite(input: values, channels: 1, positions: [6, 6], stride: 1, seed: 0)
    let expected = (0..<36).map { [2, 3].contains($0 % 6) ? 12.0 : 0 }
    expectClose(EdgeMap.steepness(site).map { Double($0) }, expected, absolute: 1e-6)
  }

  @Test func `smoothing is a mean under a Gaussian of what is there`() {
    let values: [Float] = [0, 0, 4, 0, 0, 0, 1]
    let found = GaussianSmoothing.smoothed(values, [7], deviation: 0.8)
    let expected = (0..<7).map { place in
      var (sum, weights) = (0.0, 0.0)
      for (index, value) in values.enumerated() where abs(index - place) <= 3 {
        let weight = Self.gaussian(Double(index - place) / 0.8)
        sum += weight * Double(value)
        weights += weight
      }
      return sum / weights
    }
    expectClose(found.map { Double($0) }, expected, absolute: 1e-6)
    let even = GaussianSmoothing.smoothed(
      [Float](repeating: 2, count: 30), [5, 6], deviation: 9)
    expectClose(even.map { Double($0) }, even.map { _ in 2 }, absolute: 1e-6)
  }

  @Test func `the signal itself is its distance from the mean, over all channels`() throws {
    let site = ControlSite(
      input: [0, 1, 5, 2, 1, 1, 1, -3], channels: 2, positions: [4], stride: 1, seed: 0)
    #expect(try Self.control("intensity").map(site) == [3, 2, 4, 3])
  }

  @Test func `spots are for pictures and signals for spectra`() {
    let ids = [1, 2].map { axes in
      ControlCatalog.entries.filter { $0.axisCounts.contains(axes) }.map(\.id)
    }
    #expect(ids[0] == ["random-order", "smooth-noise", "edges", "intensity"])
    #expect(ids[1] == ["random-order", "smooth-noise", "centered-gaussian", "edges"])
  }

  private static func gaussian(_ distance: Double) -> Double { exp(-distance * distance / 2) }
}
