import Figures
import Foundation
import ImageData
import SpectralData
import Testing

@testable import StudyFigures

#if canImport(FoundationXML)
import FoundationXML
#endif

/// What holds for every figure of a study, and what each refuses.
struct StudyFigureTests {
  private static let labels: [String: [String]] = [
    "spectrum": ["first &lt;band&gt;", "Raman shift", "Intensity"],
    "class maps": ["pork", "second band", "Raman shift", "full color at ±0.02"],
    "kernels": ["SG 3", "Frequency (cycles per point)"],
    "feature maps": ["conv1: 1 channel × 300 positions", "Raman shift"],
    "splits": ["CNN − PLS-LDA", "mean 0.967 (0.8 to 1), 3 splits", "mean 0.867, 3 splits"],
    "confusion": ["pork", "turkey", "CNN", "95.0 % right"],
    "prediction": ["Protein (%)", "predicted = 2 · true + 0"],
    "evidence": ["VIP", "second band", "Raman shift"],
    "stability": ["CNN", "Share of splits", "Raman shift"],
    "loss": ["Training", "Validation", "kept: epoch 2"],
  ]

  @Test func `every vector graphic is well-formed and holds its labels as text`() throws {
    let figures = try StudyFixture.figures()
    #expect(Set(figures.map(\.name)) == Set(Self.labels.keys))
    for (name, figure) in figures {
      let bytes = try figure.scalableGraphic()
      #expect(XMLParser(data: Data(bytes)).parse(), "\(name)")
      let text = String(decoding: bytes, as: UTF8.self)
      for label in (Self.labels[name] ?? []) + ["<title>a &lt; b</title>"] {
        #expect(text.contains(label), "\(name): \(label)")
      }
    }
  }

  @Test func `every picture has two pixels per point and ink inside its margins only`() throws {
    for (name, figure) in try StudyFixture.figures(.reciprocalCentimeter) {
      let picture = try figure.figure()
      let graphic = String(decoding: try figure.scalableGraphic(), as: UTF8.self)
      #expect(picture.width == 1520, "\(name)")
      let height = try #require(graphic.firstMatch(of: /viewBox="0 0 760 ([0-9.]+)"/)?.1)
      #expect(try picture.height == Int((2 * #require(Double(height))).rounded(.up)), "\(name)")
      let edges =
        (0..<picture.height).flatMap { row in
          [0, 1, 2, 3, 1516, 1517, 1518, 1519].map { picture[row, $0].red }
        } + (0..<1520).flatMap { [picture[0, $0].red, picture[picture.height - 3, $0].red] }
      #expect(edges.allSatisfy { $0 == 255 }, "\(name)")
      #expect(picture.pixels.contains { $0 < 60 }, "\(name)")
    }
  }

  @Test func `equal input gives equal bytes`() throws {
    for ((name, first), (_, second)) in zip(try StudyFixture.figures(), try StudyFixture.figures())
    {
      #expect(try first.scalableGraphic() == second.scalableGraphic(), "\(name)")
      #expect(try first.figure() == second.figure(), "\(name)")
    }
  }

  @Test func `names inside a vector graphic are all its own`() throws {
    var seen: Set<Substring> = []
    for (name, figure) in try StudyFixture.figures() {
      let text = String(decoding: try figure.scalableGraphic(), as: UTF8.self)
      let names = Set(text.matches(of: /id="([^"]+)"/).map(\.1))
      let uses = Set(text.matches(of: /"#([^"]+)"/).map(\.1))
      #expect(uses.count > 10 && uses.isSubset(of: names), "\(name)")
      #expect(Set(text.matches(of: /url\(#([^)]+)\)/).map(\.1)).isSubset(of: names), "\(name)")
      #expect(seen.isDisjoint(with: names), "\(name)")
      seen.formUnion(names)
    }
  }

  // What is refused.

  private func code(_ make: () throws -> some Figure) -> FigureError.Code? {
    #expect(throws: FigureError.self) { _ = try make() }?.code
  }

  @Test func `counts that do not fit are refused`() throws {
    let axis = try StudyFixture.axis()
    let good = StudyFixture.map
    let spectrum = try Spectrum(axis: axis, intensities: good.map(Float.init))
    let codes = [
      code {
        try ClassMapsFigure(
          axis: axis, panels: [.init(name: "a", spectrum: [1], map: good)], title: "")
      },
      code {
        try ClassMapsFigure(
          axis: axis, panels: [.init(name: "a", spectrum: good, map: good, mapDeviation: [1])],
          title: "")
      },
      code {
        try KernelsFigure(kernels: [.init(title: "", weights: [1, 2], reference: [1])], title: "")
      },
      code {
        try FeatureMapsFigure(
          spectrum: spectrum, layers: [.init(name: "", channels: [good, [1]])], title: "")
      },
      code {
        try ConfusionFigure(
          labels: ["a", "b"], matrices: [.init(name: "", counts: [[1, 2], [3]])], title: "")
      },
      code {
        try PredictionFigure(models: [.init(name: "", truth: [1, 2], predicted: [1])], title: "")
      },
      code {
        try EvidenceFigure(
          axis: axis, panels: [.init(title: "", values: [1], isSigned: true)], title: "")
      },
      code {
        try StabilityFigure(axis: axis, models: [.init(name: "", frequencies: [1])], title: "")
      },
      code { try LossFigure(training: [1, 2], validation: [1], title: "") },
    ]
    #expect(codes == codes.map { _ in .shapeMismatch })
  }

  @Test func `values that are not finite are refused and named`() throws {
    let axis = try StudyFixture.axis()
    var values = StudyFixture.map
    values[7] = .nan
    let error = #expect(throws: FigureError.self) {
      try ClassMapsFigure(
        axis: axis, panels: [.init(name: "pork", spectrum: StudyFixture.map, map: values)],
        title: "")
    }
    #expect(error?.description.contains("pork, map: element 7 is nan") == true)
    var infinite = StudyFixture.map
    infinite[3] = .infinity
    let codes = [
      code {
        try EvidenceFigure(
          axis: axis, panels: [.init(title: "", values: values, isSigned: false)], title: "")
      },
      code {
        try EvidenceFigure(
          axis: axis, panels: [.init(title: "", values: infinite, isSigned: true)], title: "")
      },
      code {
        try EvidenceFigure(
          axis: axis, panels: [.init(title: "", values: infinite.map(-), isSigned: false)],
          title: "")
      },
      code { try KernelsFigure(kernels: [.init(title: "", weights: [.infinity])], title: "") },
      code { try LossFigure(training: [1, .nan], title: "") },
      code { try SplitDistributionFigure(models: [.init(name: "", values: [1e40])], title: "") },
      code {
        try PredictionFigure(models: [.init(name: "", truth: [1], predicted: [.nan])], title: "")
      },
      code {
        try StabilityFigure(
          axis: axis, models: [.init(name: "", frequencies: StudyFixture.peak(1200))],
          spectrum: values, title: "")
      },
    ]
    #expect(codes == codes.map { _ in .notFinite })
    // Infinite selectivity ratios can be drawn.
    _ = try EvidenceFigure(
      axis: axis, panels: [.init(title: "", values: infinite, isSigned: false)], title: ""
    ).figure()
  }

  @Test func `values outside of what they can be are refused`() throws {
    let axis = try StudyFixture.axis()
    let map = StudyFixture.map
    let spectrum = try Spectrum(axis: axis, intensities: map.map(Float.init))
    let wrongBand = FigureBand(lower: 2, upper: 1)
    let codes = [
      code {
        try SpectrumFigure(
          spectrum: spectrum, map: map.map(Float.init), bands: [wrongBand], title: "")
      },
      code { try ClassMapsFigure(axis: axis, panels: [], title: "") },
      code {
        try ClassMapsFigure(
          axis: axis, panels: [.init(name: "", spectrum: map, map: map, mapDeviation: map)],
          title: "")
      },
      code {
        try EvidenceFigure(
          axis: axis, panels: [.init(title: "", values: map, isSigned: true)], bands: [wrongBand],
          title: "")
      },
      code {
        try FeatureMapsFigure(
          spectrum: spectrum,
          layers: [.init(name: "", channels: [[1, 2, 3]], positions: [1, 3, 2])], title: "")
      },
      code { try KernelsFigure(kernels: [.init(title: "", weights: [])], title: "") },
      code { try SplitDistributionFigure(models: [.init(name: "", values: [])], title: "") },
      code {
        try ConfusionFigure(labels: ["a"], matrices: [.init(name: "", counts: [[-1]])], title: "")
      },
      code { try PredictionFigure(models: [], title: "") },
      code {
        try StabilityFigure(
          axis: axis, models: [.init(name: "", frequencies: map.map { $0 + 1 })], title: "")
      },
      code { try LossFigure(training: [1, 2], bestEpoch: 3, title: "") },
    ]
    #expect(codes == codes.map { _ in .invalidValue })
  }

  @Test func `more than one figure can hold is refused`() throws {
    let axis = SpectralAxis(indexCount: 1)
    let codes = [
      code {
        try ClassMapsFigure(
          axis: axis, panels: (0..<41).map { .init(name: "\($0)", spectrum: [1], map: [1]) },
          title: "")
      },
      code { try ConfusionFigure(labels: (0..<61).map(String.init), matrices: [], title: "") },
      code {
        try PredictionFigure(
          models: (0..<3).map { .init(name: "\($0)", truth: [1], predicted: [1]) }, title: "")
      },
    ]
    #expect(codes == codes.map { _ in .tooLarge })
  }

  @Test func `axes of a single point and values that are all equal are drawn`() throws {
    let axis = SpectralAxis(indexCount: 1)
    let spectrum = try Spectrum(axis: axis, intensities: [2])
    let figures: [any Figure] = try [
      ClassMapsFigure(axis: axis, panels: [.init(name: "", spectrum: [2], map: [0])], title: ""),
      KernelsFigure(kernels: [.init(title: "", weights: [0], reference: [0])], title: ""),
      FeatureMapsFigure(spectrum: spectrum, layers: [.init(name: "", channels: [[0]])], title: ""),
      SplitDistributionFigure(models: [.init(name: "", values: [1, 1])], title: "", limits: 0...1),
      PredictionFigure(models: [.init(name: "", truth: [1, 1], predicted: [1, 1])], title: ""),
      EvidenceFigure(
        axis: axis, panels: [.init(title: "", values: [.infinity], isSigned: false)], title: ""),
      StabilityFigure(axis: axis, models: [.init(name: "", frequencies: [0])], title: ""),
      LossFigure(training: [0], title: ""),
    ]
    for figure in figures {
      #expect(try figure.figure().width == 1520)
      let graphic = String(decoding: try figure.scalableGraphic(), as: UTF8.self)
      #expect(!graphic.contains("nan") && !graphic.contains("inf,"))
    }
  }
}
