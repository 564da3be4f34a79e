import Foundation
import ImageData
import SpectralData
import Testing

@testable import Figures

/// Scales, outlines, heat strips and frequency responses.
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

  @Test func `coordinates of paths keep two decimals, all else stays`() {
    let text = #"<path stroke-width="1.23456" d="M 1.23456 -0.5 L 12.345678 7 Z"/><a x="0.12345"/>"#
    let expected = #"<path stroke-width="1.23456" d="M 1.23 -0.5 L 12.34 7 Z"/><a x="0.12345"/>"#
    #expect(
      String(decoding: ScalableGraphicText.rounded(Array(text.utf8)), as: UTF8.self) == expected)
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

  @Test func `frequency responses of known kernels`() {
    // The mean of three: |1 + 2 cos(2πf)| / 3; a difference: 2 sin(πf).
    let mean = FrequencyResponse.magnitudes([1, 1, 1].map { $0 / 3.0 }, count: 5)
    let difference = FrequencyResponse.magnitudes([1, -1], count: 5)
    for index in 0..<5 {
      let frequency = 0.125 * Double(index)
      #expect(abs(mean[index] - abs(1 + 2 * cos(2 * .pi * frequency)) / 3) < 1e-12)
      #expect(abs(difference[index] - 2 * sin(.pi * frequency)) < 1e-12)
    }
    #expect(FrequencyResponse.shape([0, 0], count: 3) == [0, 0, 0])
    #expect(FrequencyResponse.shape([3, -3], count: 3).last == 1)
  }

  @Test func `references are scaled to fit best, also upside down`() {
    #expect(KernelsDrawing.fitted([1, -2, 1], to: [-3, 6, -3]) == [-3, 6, -3])
    #expect(KernelsDrawing.fitted([0, 0], to: [1, 2]) == [0, 0])
    #expect(KernelsDrawing.fitted(nil, to: [1, 2]) == [])
  }

  @Test func `a heat strip shows each value up to the middle between it and its neighbors`() {
    for positions in [[10.0, 20, 40], [40, 20, 10]] {
      let strip = HeatStrip(channels: [[0, 0, 0]], positions: positions) { _ in Color(gray: 0) }
      let found = [4.0, 6, 14, 16, 29, 31, 49, 51].map { strip.index(at: $0).map { positions[$0] } }
      #expect(found == [nil, 10, 10, 20, 20, 40, 40, nil])
    }
  }

  @Test func `rows of a heat strip are channels from the top`() {
    let strip = HeatStrip(channels: [[0, 0.5], [1, 1]], positions: [0, 1]) { Color(gray: $0) }
    let picture = strip.picture(LinearScale(start: -0.5, end: 1.5), width: 4, height: 4)
    let rows = (0..<4).map { row in (0..<4).map { picture[row, $0].red } }
    #expect(
      rows == [[0, 0, 128, 128], [0, 0, 128, 128], [255, 255, 255, 255], [255, 255, 255, 255]])
  }

  @Test func `the fitted line is the least-squares one`() throws {
    let model = PredictionFigure.Model(name: "", truth: [0, 1, 2], predicted: [1, 1, 4])
    let fit = try #require(PredictionDrawing.fit(model))
    #expect(abs(fit.slope - 1.5) < 1e-12 && abs(fit.intercept - 0.5) < 1e-12)
    #expect(PredictionDrawing.residuals(model) == [1, 0, 2])
    let equal = PredictionFigure.Model(name: "", truth: [1, 1], predicted: [1, 2])
    #expect(PredictionDrawing.fit(equal) == nil)
  }

  @Test func `only all is a hundred percent and only none is zero`() {
    let shares = [0, 1e-6, 0.0123, 0.5, 0.99996, 1]
    let texts = ["0 %", "0.1 %", "1.2 %", "50.0 %", "99.9 %", "100 %"]
    #expect(shares.map(ConfusionDrawing.percentage) == texts)
  }

  @Test func `losses over several orders of magnitude are drawn on a logarithmic scale`() throws {
    let wide = try LossFigure(training: [1, 0.1, 0.01], title: "")
    #expect(LossDrawing(wide).isLogarithmic)
    for training in [[1, 0.5], [1, 0], [1, -1e-3]] {
      #expect(try !LossDrawing(LossFigure(training: training, title: "")).isLogarithmic)
    }
  }
}
