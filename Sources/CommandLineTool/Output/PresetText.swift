import Explanations
import Foundation
import Workflows

/// What a network says under every preset as text for a terminal.
struct PresetText {
  private let result: PresetWorkflow.Result

  init(_ result: PresetWorkflow.Result) {
    self.result = result
  }

  /// A table for each picture.
  var text: String { result.comparisons.map(Self.table).joined(separator: "\n\n") }

  private static func table(_ comparison: PresetWorkflow.Comparison) -> String {
    var table = TextTable([
      ("preset", .leading), ("probability", .trailing), ("score", .trailing), ("class", .leading),
      ("pixels", .leading),
    ])
    for row in comparison.rows {
      table.add([
        row.presets.isEmpty ? "(known)" : row.presets.joined(separator: ", "),
        row.top.probability.map { String(format: "%.2f %%", $0 * 100) } ?? "",
        String(format: "%.4f", row.top.score), row.top.label, row.numbers,
      ])
    }
    return comparison.input + "\n" + table.text
  }
}
