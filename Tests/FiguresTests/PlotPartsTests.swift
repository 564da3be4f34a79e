import Foundation
import SpectralData
import Testing

@testable import Figures

/// Scales and outlines.
struct PlotPartsTests {
  @Test func `infrared scales fall and others rise`() throws {
    for unit in AxisUnit.allCases {
      for positions in [[1000.0, 1500, 2000], [2000, 1500, 1000]] {
        let scale = LinearScale(try SpectralAxis(positions: positions, unit: unit))
        let ends = [scale.start, scale.end]
        #expect(ends == (unit.isDrawnReversed ? [2000, 1000] : [1000, 2000]))
      }
    }
  }

  @Test
  func axesThatCountHaveWholeNumbers() {
    let few = LinearScale(start: 1, end: 5).wholeTicks(atMost: 12)
    #expect(few.map(\.text) == ["1", "2", "3", "4", "5"])
    #expect(few.map(\.value) == [1, 2, 3, 4, 5])
    let many = LinearScale(start: 1, end: 20).wholeTicks(atMost: 12)
    #expect(many.map(\.value) == [1, 3, 5, 7, 9, 11, 13, 15, 17, 19])
    #expect(LinearScale(start: 0.4, end: 0.6).wholeTicks(atMost: 12).isEmpty)
  }

  @Test func `compact ticks leave out the power of ten of small and large values`() {
    let small = LinearScale(start: -5e-5, end: 5e-5)
    #expect(small.exponent == -5)
    #expect(small.compactTicks(about: 2).map(\.text) == ["−5", "0", "5"])
    let large = LinearScale(start: 0, end: 3e6)
    #expect(large.exponent == 6)
    #expect(large.compactTicks(about: 3).map(\.text) == ["0", "1", "2", "3"])
    let plain = LinearScale(start: 0, end: 1)
    #expect(plain.exponent == 0)
    #expect(plain.compactTicks(about: 2).map(\.text) == ["0.0", "0.5", "1.0"])
    #expect(small.compactTicks(about: 2).map(\.value).map { ($0 * 1e6).rounded() } == [-50, 0, 50])
  }

  @Test func `small ranges have at least two ticks`() {
    for (start, end) in [(-1.45e-3, 1e-3), (-0.9, 1.9), (3.1, 4.9), (11, 19)] {
      #expect(LinearScale(start: start, end: end).compactTicks(about: 2).count >= 2)
    }
  }

  @Test func `areas of one sign are cut where values cross zero`() {
    let frame = PlotFrame(
      box: .init(x: 0, y: 0, width: 10, height: 10), horizontal: LinearScale(start: 0, end: 10),
      vertical: LinearScale(start: -5, end: 5))
    // From 2 at 0 to -2 at 4, zero at 2; a value of 1 is one point high.
    let positive = frame.area([0, 4, 10], [2, -2, -2], sign: 1)
    #expect(
      positive
        == [(0, 5), (0, 3), (2, 5), (4, 5), (10, 5), (10, 5)].map { .init(x: $0.0, y: $0.1) })
    let negative = frame.area([0, 4, 10], [2, -2, -2], sign: -1)
    #expect(
      negative
        == [(0, 5), (0, 5), (2, 5), (4, 7), (10, 7), (10, 5)].map { .init(x: $0.0, y: $0.1) })
  }
}
