import Figures
import Foundation
import ImageData

@testable import EvaluationFigures

/// Figures of evaluations with values at known places.
enum EvaluationFixture {
  /// Methods in the order of use, from a short to a very long name.
  static let methods = [
    "grad-cam", "layer-cam", "relevance-cam", "relevance-map", "cf-cam", "score-cam",
    "integrated-gradients", "guided-grad-cam", "xgrad-cam", "eigen-cam", "group-cam",
    "smooth-integrated-gradients-with-a-very-long-name",
  ]

  static let layers = [
    "features/stage_2/block_3/add", "features/stage_3/block_5/add",
    "features/stage_4/block_8/add:0", "efficientnet-lite0/model/head/Relu6/very/deep/last/one",
  ]

  static func forest(methods count: Int, layers layerCount: Int) throws -> ForestFigure {
    let groups = layers.prefix(layerCount).enumerated().map { layer, name in
      ForestFigure.Group(
        name: name,
        rows: methods.prefix(count).enumerated().map { index, method in
          let middle = 6 * sin(Double(3 * index + layer)) + Double(layer)
          let half = 0.6 + 0.4 * Double(index)
          return .init(
            name: method, difference: middle, interval: (middle - half)...(middle + half))
        } + [
          .init(
            name: "centered Gaussian", difference: -4, interval: -5.5...(-2.5), isControl: true)
        ])
    }
    return try ForestFigure(
      groups: groups, reference: "grad-cam", better: .higher, title: "a < b",
      subtitle: "100 pictures, 95 % intervals", valueLabel: "Energy in the object (points)")
  }

  static func curves(
    _ count: Int, controls controlCount: Int = 2, panels: [String] = ["Deletion", "Insertion"]
  ) throws -> CurveFigure {
    let fractions = (0...16).map { Double($0) / 16 }
    let made = panels.map { name in
      let curves = (0..<count + controlCount).map { index -> CurveFigure.Curve in
        let isControl = index >= count
        let steepness = 3 + 0.9 * Double(index) * (isControl ? 0.2 : 1)
        let values = fractions.map { fraction in
          name == "Deletion"
            ? 0.1 + 0.63 * exp(-steepness * fraction) * (1 - fraction)
            : 0.1 + 0.63 * (1 - exp(-steepness * fraction)) + 0.1 * sin(3.14159 * fraction)
        }
        let area = values.reduce(0, +) / Double(values.count)
        return .init(
          name: isControl ? ["centered Gaussian", "random order"][index - count] : methods[index],
          note: NumberText.fixed(area, decimals: 3), fractions: fractions, values: values,
          band: .init(low: values.map { $0 - 0.02 }, high: values.map { $0 + 0.02 }),
          isControl: isControl)
      }
      return CurveFigure.Panel(
        name: name, note: name == "Deletion" ? "lower is better" : "higher is better",
        axisLabel: "Share of positions that is \(name == "Deletion" ? "hidden" : "shown")",
        curves: curves)
    }
    return try CurveFigure(
      panels: made, title: "a < b", subtitle: "mean of 100 pictures", valueLabel: "Probability")
  }

  static func dots(methods count: Int, inputs: Int) throws -> PairedDotsFigure {
    let columns = (0..<count).map { method -> PairedDotsFigure.Column in
      let values = (0..<inputs).map { input -> Double? in
        if input % 41 == 40 { return nil }
        let own = 0.5 + 0.4 * sin(Double(input) * 1.7)
        return min(
          1, max(0, own + 0.1 * sin(Double(method + 1) * Double(input)) - 0.02 * Double(method)))
      }
      let known = values.compactMap(\.self)
      let mean = known.reduce(0, +) / Double(known.count)
      return .init(
        name: method == count - 1 && count > 2 ? "centered Gaussian" : methods[method],
        values: values, interval: (mean - 0.04)...(mean + 0.04),
        isControl: method == count - 1 && count > 2)
    }
    return try PairedDotsFigure(
      columns: columns, title: "a < b", subtitle: "stage 3",
      valueLabel: "Energy in the object")
  }

  static func agreement(_ count: Int) throws -> AgreementFigure {
    let labels = [
      "deletion (zero)", "insertion (blur)", "insertion − deletion", "drop at 50 %",
      "μ-fidelity", "1 − r₀²", "energy gain", "pointing", "IoU (mean + std)", "rank accuracy",
      "AUC", "Gini", "a metric whose name is longer than all of the others together",
    ]
    let values = (0..<count).map { row in
      (0..<count).map { column -> Double? in
        if row == column { return 1 }
        if row + column == 3 { return nil }
        return cos(Double(abs(row - column)) * 0.7) * 0.95
      }
    }
    return try AgreementFigure(
      matrices: [
        .init(name: "Metrics", labels: Array(labels.prefix(count)), values: values),
        .init(
          name: "Fills of deletion", labels: ["zero", "blur"], values: [[1, 0.4], [0.4, 1]]),
      ], title: "a < b", subtitle: "mean ranks of 20 maps")
  }

  static func gallery(maps count: Int, rows: Int = 3) throws -> GalleryFigure {
    let (width, height) = (48, 40)
    let made = (0..<rows).map { row -> GalleryFigure.Row in
      let picture = Picture(
        width: width, height: height,
        pixels: (0..<width * height).flatMap { index in
          let shade = UInt8(90 + (index % width) + (index / width) * (row % 3))
          return [shade, shade, UInt8(200 - Int(shade) / 2)]
        })
      let truth = (0..<width * height).map {
        (12..<34).contains($0 % width) && (8..<30).contains($0 / width)
      }
      let maps = (0..<count).map { map -> GalleryFigure.Map in
        let values = (0..<width * height).map { index -> Float in
          let (x, y) = (Float(index % width) - 22 + Float(map), Float(index / width) - 18)
          if map == 3 { return -1 - x * x }
          return exp(-(x * x + y * y) / Float(60 + 20 * map)) - (map == 1 ? 0.3 : 0)
        }
        return .init(name: methods[map], note: "energy 0.\(9 - row)", values: values)
      }
      return .init(
        name: ["Best 1", "Median 1", "Worst 1"][row % 3], note: "images/000000\(row).jpg: dog",
        picture: picture, truth: row == 2 ? nil : truth, maps: maps)
    }
    return try GalleryFigure(rows: made, title: "a < b", subtitle: "stage 3")
  }

  /// One figure of each kind, by name.
  static func figures() throws -> [(name: String, any Figure)] {
    try [
      ("forest", forest(methods: 3, layers: 2)), ("curves", curves(4)),
      ("dots", dots(methods: 4, inputs: 60)), ("agreement", agreement(5)),
      ("gallery", gallery(maps: 4)),
    ]
  }

  /// Figures that are narrow or full.
  static func extremes() throws -> [(name: String, any Figure)] {
    try [
      ("forest of one", forest(methods: 1, layers: 1)),
      ("forest of 48", forest(methods: 12, layers: 4)),
      ("one curve", curves(1, controls: 0, panels: ["Insertion"])),
      ("14 curves", curves(12)), ("one column", dots(methods: 1, inputs: 9)),
      ("two columns", dots(methods: 2, inputs: 300)),
      ("12 columns", dots(methods: 12, inputs: 2000)), ("one label", agreement(1)),
      ("13 labels", agreement(13)), ("one map", gallery(maps: 1, rows: 1)),
      ("12 maps", gallery(maps: 12)),
    ]
  }
}
