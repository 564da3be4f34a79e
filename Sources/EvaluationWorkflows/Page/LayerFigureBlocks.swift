import Evaluation
import EvaluationFigures
import ExplanationQuality
import Explanations
import Figures
import Reports
import Statistics

/// Figures of how maps change from layer to layer.
struct LayerFigureBlocks {
  let telling: EvaluationTelling

  private static let leastLayerCount = 3
  private static let methodCount = 8

  /// The means of every method by layer, of the metrics that are decided upon; none where methods look at few
  /// layers.
  func blocks() throws -> [ReportBlock] { try telling.primary.compactMap(block) }

  private func block(_ column: EvaluationColumn) throws -> ReportBlock? {
    let layers = telling.layers
    guard layers.count >= Self.leastLayerCount else { return nil }
    let rows = Self.rows(telling.record.methods).prefix(Self.methodCount)
    let controls = Self.rows(telling.record.controls.filter { $0.control != .blind })
    let curves = (Array(rows) + controls.prefix(1 + rows.count)).compactMap {
      curve($0, column, layers)
    }
    guard curves.contains(where: { !$0.isControl }) else { return nil }
    let name =
      "layers-" + column.metric.text.map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
    let title = "\(column.metric.title), layer by layer"
    let figure = try CurveFigure(
      panels: [
        CurveFigure.Panel(
          name: column.metric.title,
          note: column.metric.metric.direction == .down ? "lower is better" : "higher is better",
          axisLabel: "Layer, from the input on", isCounted: true, curves: curves)
      ], title: title, subtitle: "Means over inputs, bands 95 % intervals",
      valueLabel: column.metric.title)
    let names = layers.enumerated().map { index, layer in
      "\(index + 1) \(telling.names.layer(MapKey(method: "", layer: layer)) ?? layer)"
    }
    return .figure(
      ReportFigure(
        name: name, graphic: try figure.scalableGraphic(in: name),
        caption: "Layers: \(names.joined(separator: ", ")). Dashed: controls.",
        alternative: "\(title): \(names.joined(separator: ", "))"))
  }

  /// Maps that differ in their layers only, together.
  private static func rows(_ maps: [MapKey]) -> [[MapKey]] {
    var rows: [[MapKey]] = []
    for map in maps where map.layer != nil {
      let place = rows.firstIndex {
        ($0[0].method, $0[0].settings, $0[0].control) == (map.method, map.settings, map.control)
      }
      if let place { rows[place].append(map) } else { rows.append([map]) }
    }
    return rows
  }

  private func curve(
    _ maps: [MapKey], _ column: EvaluationColumn, _ layers: [String]
  ) -> CurveFigure.Curve? {
    let points = layers.enumerated().compactMap { index, layer in
      maps.first { $0.layer == layer }.flatMap(column.cell).flatMap { cell in
        cell.mean.map { (place: Double(index + 1), mean: $0, interval: cell.interval) }
      }
    }
    guard points.count > 1, let map = maps.first else { return nil }
    let means = points.map(\.mean)
    return CurveFigure.Curve(
      name: telling.names.head(map), fractions: points.map(\.place), values: means,
      band: map.isControl
        ? nil
        : CurveFigure.Band(
          low: points.map { min($0.mean, $0.interval?.lower ?? $0.mean) },
          high: points.map { max($0.mean, $0.interval?.upper ?? $0.mean) }),
      isControl: map.isControl)
  }
}

extension EvaluationTelling {
  /// The layers that methods look at, from the input on.
  fileprivate var layers: [String] {
    let known = Set(record.methods.compactMap(\.layer))
    return setting.model.layers.map(\.name).filter(known.contains)
  }
}
