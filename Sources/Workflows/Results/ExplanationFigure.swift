import Explanations
import Figures
import ImageData
import SpectralData
import TensorCore

/// Makes the figure of one explanation, by what its input is.
struct ExplanationFigure {
  let model: Model
  let plan: ExplanationPlan
  let colorMap: ColorMap

  /// How inputs were prepared.
  let preparation: PreparationRecord

  /// What an evaluation of the network found; nil for none.
  var verdicts: MapVerdicts?

  /// The figure.
  ///
  /// - Parameters:
  ///   - explanation: What is drawn.
  ///   - input: The input that its map lies on.
  /// - Returns: The figure.
  /// - Throws: `FigureError` when a value is not finite.
  func figure(_ explanation: Explanation, _ input: PreparedInput) throws -> any Figure {
    let text = FigureText(
      explanation, model: model, plan: plan, input: input, preparation: preparation,
      verdict: verdicts?.verdict(of: explanation.method, at: explanation.layer))
    let map = explanation.aligned
    let scale = MapScale(fitting: map.elements)
    switch input.display {
    case .picture(let picture):
      var overlay = try overlay(picture, map, scale, text)
      overlay.outline = explanation.places.flatMap(RegionOutline.init)
      return overlay
    case .volume(let montage):
      return try overlay(montage.picture, montage.arranged(map), scale, text)
    case .spectrum(let spectrum):
      return try SpectrumFigure(
        spectrum: spectrum, map: map.elements, scale: scale, colorMap: colorMap,
        title: text.title, subtitle: text.subtitle, valueLabel: text.valueLabel)
    case .series(let channels):
      return try SeriesFigure(
        channels: channels, map: map.elements, scale: scale, colorMap: colorMap,
        title: text.title, subtitle: text.subtitle, valueLabel: text.valueLabel)
    case .row(let numbers):
      return try RowFigure(
        numbers: numbers, map: map.elements, title: text.title, subtitle: text.subtitle,
        valueLabel: text.valueLabel)
    }
  }

  private func overlay(
    _ picture: Picture, _ map: Tensor, _ scale: MapScale, _ text: FigureText
  ) throws -> HeatMapOverlay {
    try HeatMapOverlay(
      picture: picture, map: map, scale: scale, colorMap: colorMap, title: text.title,
      subtitle: text.subtitle, valueLabel: text.valueLabel)
  }
}

extension PreparedInput.Display {
  /// Whether the figure is lines and areas, which vector graphics hold best.
  var isLines: Bool {
    switch self {
    case .picture, .volume: false
    case .spectrum, .series, .row: true
    }
  }
}

extension RegionOutline {
  /// The border of positions that count; nil where they are no rows and columns, or all of them.
  fileprivate init?(_ places: Tensor) {
    let counts = places.elements.map { $0 != 0 }
    guard places.shape.rank == 2, counts.contains(true), counts.contains(false) else { return nil }
    self.init(rows: places.shape[0], columns: places.shape[1], isInside: counts)
  }
}
