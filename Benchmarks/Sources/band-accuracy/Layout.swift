import Foundation
import VitrineStudy

/// Spectra whose peaks are planted: which there are, and what lies beside them.
struct Layout: Sendable {
  /// A peak of Gaussian shape.
  struct Peak: Sendable {
    /// The position, in points.
    let center: Double
    let height: Double

    init(_ center: Double, _ height: Double = 1) {
      self.center = center
      self.height = height
    }
  }

  let name: String

  /// What is special about it, for the table.
  let summary: String

  /// The peaks of every class.
  let classes: [[Peak]]

  /// The peaks that all classes have.
  var common: [Peak] = []

  /// The spectra of every class.
  var spectrumCount = 12

  /// The standard deviation of white noise.
  var noise = 0.02

  /// The standard deviation of the shift that every peak of every spectrum has of its own, in points.
  var jitter = 0.0

  /// The standard deviation of a line and of a bow under every spectrum.
  var baseline = 0.0

  /// The points of the axis, and the width σ of all peaks in points.
  static let pointCount = 320
  static let width = 7.0

  /// The layouts of the bench.
  static let all: [Layout] = [
    Layout(
      name: "apart", summary: "two peaks of each of three classes",
      classes: [[Peak(45), Peak(205)], [Peak(85), Peak(245)], [Peak(125), Peak(285)]]),
    Layout(
      name: "one each", summary: "one peak of each of two classes",
      classes: [[Peak(100)], [Peak(220)]]),
    Layout(
      name: "in common", summary: "two peaks three times as high that all classes have",
      classes: [[Peak(45), Peak(205)], [Peak(85), Peak(245)], [Peak(165), Peak(285)]],
      common: [Peak(125, 3), Peak(270, 3)]),
    Layout(
      name: "on a flank", summary: "each peak 12 points beside one that all classes have",
      classes: [[Peak(52)], [Peak(152)], [Peak(252)]],
      common: [Peak(40), Peak(140), Peak(264)]),
    Layout(
      name: "neighbors", summary: "two peaks of a class 28 points apart",
      classes: [[Peak(60), Peak(88)], [Peak(150), Peak(178)], [Peak(240), Peak(268)]]),
    Layout(
      name: "moved", summary: "one peak that stands 21 points apart in two classes",
      classes: [[Peak(150), Peak(50)], [Peak(171), Peak(280)]]),
    Layout(
      name: "jitter", summary: "every peak moves by 2 points (standard deviation)",
      classes: [[Peak(50), Peak(190)], [Peak(95), Peak(235)], [Peak(140), Peak(280)]], jitter: 2),
    Layout(
      name: "baselines", summary: "a slope and a bow of up to half a peak under every spectrum",
      classes: [[Peak(45), Peak(215)], [Peak(90), Peak(250)], [Peak(130), Peak(290)]],
      baseline: 0.3),
    Layout(
      name: "unequal", summary: "the second peak of a class has half the height",
      classes: [
        [Peak(45), Peak(205, 0.5)], [Peak(85), Peak(245, 0.5)], [Peak(125), Peak(285, 0.5)],
      ]),
    Layout(
      name: "noisy", summary: "noise of a tenth of a peak, eight spectra of each class",
      classes: [[Peak(60), Peak(200)], [Peak(110), Peak(260)], [Peak(155), Peak(295)]],
      spectrumCount: 8, noise: 0.1),
  ]

  /// The spectra that a seed gives.
  ///
  /// - Parameters:
  ///   - seed: Where chance begins.
  ///   - shufflesClasses: Whether classes are exchanged between spectra at random.
  /// - Returns: Spectra in turn of all classes.
  /// - Throws: `SpectrumError` or `StudyError` for a layout that is no data of a study.
  func data(seed: UInt64, shufflesClasses: Bool = false) throws -> StudyData {
    let axis = try SpectralAxis(positions: (0..<Self.pointCount).map(Double.init), unit: .index)
    var generator = SplitMix64(seed: seed)
    var (rows, labels): ([[Float]], [String]) = ([], [])
    for _ in 0..<spectrumCount {
      for (index, peaks) in classes.enumerated() {
        rows.append(spectrum(peaks, &generator))
        labels.append("class \(index + 1)")
      }
    }
    if shufflesClasses { labels.shuffle(using: &generator) }
    return try StudyData(
      SpectralDataset(axis: axis, rows: rows), name: name, question: .classes(ClassLabels(labels)))
  }

  private func spectrum(_ peaks: [Peak], _ generator: inout SplitMix64) -> [Float] {
    let scale = 0.85 + 0.3 * Double(generator.uniform())
    let moved = (peaks + common).map { peak in
      Peak(peak.center + jitter * Double(generator.normal()), peak.height * scale)
    }
    let (slope, bow) = (Double(generator.normal()), Double(generator.normal()))
    return (0..<Self.pointCount).map { point in
      let place = 2 * Double(point) / Double(Self.pointCount - 1) - 1
      let under = baseline * (slope * place + bow * place * place)
      let sum = moved.reduce(under) { $0 + $1.value(at: Double(point)) }
      return Float(sum + noise * Double(generator.normal()))
    }
  }
}

extension Layout.Peak {
  /// The height of the peak at a point.
  func value(at point: Double) -> Double {
    let distance = (point - center) / Layout.width
    return height * exp(-distance * distance / 2)
  }
}
