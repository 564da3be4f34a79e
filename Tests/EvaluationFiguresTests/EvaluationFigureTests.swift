import Figures
import Foundation
import ImageData
import Testing

@testable import EvaluationFigures

#if canImport(FoundationXML)
import FoundationXML
#endif

/// What holds for every figure of an evaluation, and what each refuses.
struct EvaluationFigureTests {
  private static let labels: [String: [String]] = [
    "forest": [
      "features/stage_2/block_3/add", "worse than grad-cam",
      "centered Gaussian: −4 (−5.5 to −2.5)",
    ],
    "curves": ["1 grad-cam 0.", "5 centered Gaussian 0.", "lower is better", "Probability"],
    "dots": ["layer-cam: mean 0.", "Inputs without a value: up to 1 of a column."],
    "agreement": ["deletion (zero), insertion (blur): 0.73", "Fills of deletion"],
    "gallery": ["Median 1", "relevance-cam energy 0.9", "images/0000000.jpg: dog"],
  ]

  @Test func `every vector graphic is well-formed and holds its labels as text`() throws {
    let figures = try EvaluationFixture.figures()
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

  @Test func `every picture has ink inside its margins only`() throws {
    for (name, figure) in try EvaluationFixture.figures() + EvaluationFixture.extremes() {
      let picture = try figure.figure()
      #expect(picture.width == 1520, "\(name)")
      let edges =
        (0..<picture.height).flatMap { row in
          [0, 1, 2, 3, 1516, 1517, 1518, 1519].map { picture[row, $0].red }
        } + (0..<1520).flatMap { [picture[0, $0].red, picture[picture.height - 3, $0].red] }
      #expect(edges.allSatisfy { $0 == 255 }, "\(name)")
      #expect(picture.pixels.contains { $0 < 60 }, "\(name)")
    }
  }

  @Test func `equal input gives equal bytes`() throws {
    let (first, second) = (try EvaluationFixture.figures(), try EvaluationFixture.figures())
    for ((name, one), (_, other)) in zip(first, second) {
      #expect(try one.scalableGraphic() == other.scalableGraphic(), "\(name)")
    }
  }

  // What is refused.

  private func code(_ make: () throws -> some Figure) -> FigureError.Code? {
    #expect(throws: FigureError.self) { _ = try make() }?.code
  }

  private func curve(_ fractions: [Double], _ values: [Double], band: CurveFigure.Band? = nil)
    throws
    -> CurveFigure
  {
    let curve = CurveFigure.Curve(
      name: "a", fractions: fractions, values: values, band: band)
    return try CurveFigure(
      panels: [.init(name: "", axisLabel: "", curves: [curve])], title: "", valueLabel: "")
  }

  private func matrix(_ labels: [String], _ values: [[Double?]]) throws -> AgreementFigure {
    try AgreementFigure(
      matrices: [.init(name: "", labels: labels, values: values)], title: "")
  }

  private func forest(_ row: ForestFigure.Row) throws -> ForestFigure {
    try ForestFigure(
      groups: [.init(rows: [row])], reference: "", better: .neither, title: "", valueLabel: "")
  }

  private func gallery(truth: [Bool]? = nil, values: [Float]) throws -> GalleryFigure {
    let picture = Picture(width: 2, height: 1, pixels: [0, 0, 0, 0, 0, 0])
    return try GalleryFigure(
      rows: [
        .init(name: "", picture: picture, truth: truth, maps: [.init(name: "", values: values)])
      ], title: "")
  }

  @Test func `counts that do not fit are refused`() {
    let codes = [
      code { try curve([0, 1], [1]) },
      code { try curve([0, 1], [1, 2], band: .init(low: [0], high: [1, 2])) },
      code {
        try PairedDotsFigure(
          columns: [.init(name: "a", values: [1]), .init(name: "b", values: [1, 2])], title: "",
          valueLabel: "")
      },
      code { try matrix(["a", "b"], [[1, 0]]) }, code { try matrix(["a"], [[1, 0]]) },
      code { try gallery(values: [1]) }, code { try gallery(truth: [true], values: [1, 2]) },
    ]
    #expect(codes == codes.map { _ in .shapeMismatch })
  }

  @Test func `values that cannot be drawn are refused`() {
    let codes = [
      code { try forest(.init(name: "a", difference: .nan)) },
      code { try forest(.init(name: "a", difference: 1, interval: 0 ... .infinity)) },
      code { try curve([0, .nan], [1, 2]) }, code { try curve([0, 1], [1, .infinity]) },
      code {
        try PairedDotsFigure(
          columns: [.init(name: "a", values: [.nan])], title: "", valueLabel: "")
      },
      code { try gallery(values: [1, .nan]) },
    ]
    #expect(codes == codes.map { _ in .notFinite })
    let invalid = [
      code { try curve([0, 0], [1, 2]) },
      code { try curve([0, 1], [1, 2], band: .init(low: [1, 2], high: [1, 1.9])) },
      code { try matrix(["a", "b"], [[1, 0.5], [0.4, 1]]) },
      code { try matrix(["a", "b"], [[1, 0.5], [nil, 1]]) },
      code { try matrix(["a", "b"], [[1, 1.5], [1.5, 1]]) },
      code { try matrix(["a"], [[.nan]]) }, code { try matrix([], []) },
      code {
        try ForestFigure(
          groups: [.init(name: "a", rows: [])], reference: "", better: .higher, title: "",
          valueLabel: "")
      },
    ]
    #expect(invalid == invalid.map { _ in .invalidValue })
  }

  @Test func `more than one figure can hold is refused`() {
    let row = ForestFigure.Row(name: "a", difference: 1)
    let codes = [
      code {
        try ForestFigure(
          groups: [.init(rows: Array(repeating: row, count: 401))], reference: "",
          better: .higher, title: "", valueLabel: "")
      },
      code { try EvaluationFixture.gallery(maps: 12, rows: 17) },
    ]
    #expect(codes == codes.map { _ in .tooLarge })
  }
}
