import Evaluation
import ExplanationQuality
import Explanations
import Foundation
import SpectralData
import Statistics

/// The numbers of an evaluation as tables for spreadsheets, R and pandas.
struct EvaluationTables {
  let telling: EvaluationTelling

  private var record: EvaluationRecord { telling.record }

  /// One row for each input, map and metric.
  var scores: Data {
    let names = telling.names
    var table = CSVTable(quoting: .cautious)
    table.append([
      "input", "row", "target", "label", "predicted", "method", "layer", "is_control", "metric",
      "value",
    ])
    let model = telling.setting.model
    for metric in record.metrics {
      for map in record.methods + record.controls {
        for (sample, value) in zip(record.samples, record.values(metric, map)) {
          guard let value else { continue }
          table.append([
            sample.name, sample.row.map(String.init) ?? "", sample.target,
            sample.label.map(model.label) ?? "", model.label(sample.predicted), names.head(map),
            map.layer ?? "", map.isControl ? "1" : "0", metric.text, "\(value)",
          ])
        }
      }
    }
    return Data(table.text.utf8)
  }

  /// One row for each map and metric.
  var summary: Data {
    var table = CSVTable(quoting: .cautious)
    table.append([
      "metric", "direction", "primary", "method", "layer", "is_control", "mean", "lower", "upper",
      "inputs", "class_balanced_mean", "not_better_than",
    ])
    let classes = EvaluationClasses(telling.record)
    for column in telling.table.columns {
      for cell in column.cells {
        table.append([
          column.metric.text, column.metric.metric.direction.rawValue,
          column.isPrimary ? "1" : "0", telling.names.head(cell.map), cell.map.layer ?? "",
          cell.map.isControl ? "1" : "0", Self.text(cell.mean), Self.text(cell.interval?.lower),
          Self.text(cell.interval?.upper), "\(cell.count)",
          Self.text(classes.balancedMean(column.metric, cell.map)),
          (cell.unbeaten ?? []).map(telling.names.full).joined(separator: "; "),
        ])
      }
    }
    return Data(table.text.utf8)
  }

  /// One row for each difference from the reference.
  var comparisons: Data {
    var table = CSVTable(quoting: .cautious)
    table.append([
      "metric", "primary", "method", "layer", "reference", "difference", "lower", "upper", "inputs",
      "wins", "ties", "losses", "rank_biserial", "p_adjusted",
    ])
    for column in telling.table.columns {
      for comparison in column.comparisons {
        let difference = comparison.difference
        table.append([
          column.metric.text, column.isPrimary ? "1" : "0", telling.names.head(comparison.map),
          comparison.map.layer ?? "", telling.names.full(comparison.reference),
          "\(difference.mean)", Self.text(difference.interval?.lower),
          Self.text(difference.interval?.upper), "\(difference.count)", "\(difference.wins)",
          "\(difference.ties)", "\(difference.losses)", "\(difference.rankBiserial)",
          Self.text(comparison.probability),
        ])
      }
    }
    return Data(table.text.utf8)
  }

  /// One row for each point of a mean curve.
  var curves: Data {
    var table = CSVTable(quoting: .cautious)
    table.append([
      "metric", "method", "layer", "is_control", "fraction", "mean_score", "standard_error",
    ])
    for metric in record.metrics {
      for map in record.methods + record.controls {
        guard let curve = record.curve(metric, map) else { continue }
        for ((fraction, mean), error) in zip(
          zip(curve.fractions, curve.means), curve.standardErrors)
        {
          table.append([
            metric.text, telling.names.head(map), map.layer ?? "", map.isControl ? "1" : "0",
            "\(fraction)", "\(mean)", "\(error)",
          ])
        }
      }
    }
    return Data(table.text.utf8)
  }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
}
