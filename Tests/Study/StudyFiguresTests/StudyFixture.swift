import Figures
import Foundation
import ImageData
import SpectralData
import StudyFigures

/// Spectra, maps and figures with features at known places.
enum StudyFixture {
  static let positions = (0..<300).map { 900 + 3 * Double($0) }

  static func axis(_ unit: AxisUnit = .ramanShift) throws -> SpectralAxis {
    try SpectralAxis(positions: positions, unit: unit)
  }

  /// A peak of height 1 and a width of 20.
  static func peak(_ center: Double) -> [Double] {
    positions.map { exp(-pow(($0 - center) / 20, 2)) }
  }

  /// A map with positive values about 1200 and negative ones about 1500.
  static var map: [Double] { zip(peak(1200), peak(1500)).map { 0.02 * $0 - 0.01 * $1 } }

  static let bands = [
    FigureBand(lower: 1170, upper: 1230, label: "first <band>", strength: 1),
    FigureBand(lower: 1470, upper: 1530, label: "second band", strength: -0.5),
  ]

  /// One figure of each kind, by name.
  static func figures(_ unit: AxisUnit = .ramanShift) throws -> [(name: String, any Figure)] {
    let axis = try axis(unit)
    let spectrum = try Spectrum(axis: axis, intensities: peak(1200).map(Float.init))
    let rows: [SplitDistributionFigure.Row] = [
      .init(name: "CNN", values: [1, 1, 0.9], interval: 0.8...1),
      .init(name: "PLS-LDA", values: [0.9, 0.8, 0.9]),
    ]
    let truth = [1.0, 2, 3, 4]
    return try [
      (
        "spectrum",
        SpectrumFigure(spectrum: spectrum, map: map.map(Float.init), bands: bands, title: "a < b")
      ),
      (
        "class maps",
        ClassMapsFigure(
          axis: axis, panels: [.init(name: "pork", spectrum: peak(1200), map: map, bands: bands)],
          title: "a < b")
      ),
      (
        "kernels",
        KernelsFigure(kernels: [.init(title: "SG 3", weights: [1, 2, 1])], title: "a < b")
      ),
      (
        "feature maps",
        FeatureMapsFigure(
          spectrum: spectrum, layers: [.init(name: "conv1", channels: [map])], title: "a < b")
      ),
      (
        "splits",
        SplitDistributionFigure(
          models: rows, differences: [.init(name: "CNN − PLS-LDA", values: [0.1, 0.2, 0])],
          title: "a < b", limits: 0...1)
      ),
      (
        "confusion",
        ConfusionFigure(
          labels: ["pork", "turkey"], matrices: [.init(name: "CNN", counts: [[9, 1], [0, 10]])],
          title: "a < b")
      ),
      (
        "prediction",
        PredictionFigure(
          models: [.init(name: "PLS", truth: truth, predicted: truth.map { 2 * $0 })],
          title: "a < b", valueLabel: "Protein (%)")
      ),
      (
        "evidence",
        EvidenceFigure(
          axis: axis,
          panels: [.init(title: "VIP", values: peak(1200), isSigned: false, reference: 1)],
          bands: bands, title: "a < b")
      ),
      (
        "stability",
        StabilityFigure(
          axis: axis, models: [.init(name: "CNN", frequencies: peak(1200))], spectrum: peak(1500),
          title: "a < b")
      ),
      (
        "loss",
        LossFigure(training: [3, 2, 1], validation: [3, 2, 2], bestEpoch: 2, title: "a < b")
      ),
    ]
  }
}

extension Picture {
  /// The mean column, as a fraction of the width of a box in points, of the pixels in the box that a
  /// test picks; nil when there is none.
  func meanPlace(
    x: Double, y: Double, width: Double, height: Double, where isPicked: (Int, Int, Int) -> Bool
  ) -> Double? {
    var columns: [Double] = []
    for row in Int(2 * y)..<Int(2 * (y + height)) {
      for column in Int(2 * x)..<Int(2 * (x + width)) {
        let pixel = self[row, column]
        if isPicked(Int(pixel.red), Int(pixel.green), Int(pixel.blue)) {
          columns.append((Double(column) / 2 - x) / width)
        }
      }
    }
    return columns.isEmpty ? nil : columns.reduce(0, +) / Double(columns.count)
  }
}
