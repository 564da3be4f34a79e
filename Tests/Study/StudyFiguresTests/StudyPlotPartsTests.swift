import Figures
import Foundation
import ImageData
import Statistics
import Testing

@testable import StudyFigures

/// Heat strips, frequency responses, fitted lines, and numbers of study figures.
struct StudyPlotPartsTests {
  @Test func `frequency responses of known kernels`() {
    // The mean of three: |1 + 2 cos(2πf)| / 3; a difference: 2 sin(πf).
    let mean = FrequencyResponse.magnitudes([1, 1, 1].map { $0 / 3.0 }, count: 5)
    let difference = FrequencyResponse.magnitudes([1, -1], count: 5)
    for index in 0..<5 {
      let frequency = 0.125 * Double(index)
      #expect(abs(mean[index] - abs(1 + 2 * cos(2 * .pi * frequency)) / 3) < 1e-12)
      #expect(abs(difference[index] - 2 * sin(.pi * frequency)) < 1e-12)
    }
    // NumPy: abs(rfft([1, 2, 1, -1, 0.5], 8)).
    let mixed = [3.5, 3.128183803092896, 3.0413812651491092, 1.647563684373767, 1.5]
    for (found, expected) in zip(FrequencyResponse.magnitudes([1, 2, 1, -1, 0.5], count: 5), mixed)
    {
      #expect(abs(found - expected) < 1e-12)
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
