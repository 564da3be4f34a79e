import Foundation
import StudyWorkflows
import Workflows

/// A study in a few lines for a terminal.
struct StudyText {
  private let study: WrittenStudy

  init(_ study: WrittenStudy) {
    self.study = study
  }

  /// How well both models predict, the strongest bands, and where the report is.
  var text: String {
    let summary = study.summary
    var lines = [performance(summary), ""]
    for target in summary.evidence {
      lines.append("\(target.name): " + bands(target.network, summary.axisUnit))
    }
    lines += ["", "-> \(study.files.first ?? "")"]
    return lines.joined(separator: "\n")
  }

  private func performance(_ summary: StudySummary) -> String {
    let isClasses = summary.classes != nil
    var table = TextTable([
      ("", .leading), (isClasses ? "accuracy %" : "RMSE", .trailing), ("95 % interval", .trailing),
      (isClasses ? "worst split" : "R²", .trailing),
    ])
    let name = isClasses ? "PLS-LDA" : "PLS"
    for (model, result) in [("network", summary.network), (name, summary.partialLeastSquares)] {
      if let accuracy = result.accuracy {
        let interval = accuracy.interval.map {
          String(format: "%.2f … %.2f", max(0, 100 * $0[0]), min(100, 100 * $0[1]))
        }
        table.add([
          model, String(format: "%.2f", 100 * accuracy.mean), interval ?? "–",
          String(format: "%.1f", 100 * (accuracy.values.min() ?? 0)),
        ])
      } else if let error = result.rootMeanSquareError {
        let interval = error.interval.map { String(format: "%.4g … %.4g", max(0, $0[0]), $0[1]) }
        table.add([
          model, String(format: "%.4g", error.mean), interval ?? "–",
          result.determination.map { String(format: "%.4f", $0.mean) } ?? "–",
        ])
      }
    }
    return table.text
  }

  private func bands(_ variables: StudySummary.Variables, _ unit: String) -> String {
    let strongest = variables.bands.sorted { $0.share > $1.share }.prefix(4)
    if strongest.isEmpty { return "no band stands out" }
    return strongest.map { band in
      let known = band.assignments.first.map { " \($0)" } ?? ""
      return String(format: "%@%.5g", band.isPositive ? "+" : "−", band.peak)
        + String(format: " (%.0f %%)", 100 * band.share) + known
    }.joined(separator: ", ") + (unit == "index" ? "" : " [\(unit)]")
  }
}
