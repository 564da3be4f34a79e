import Foundation
import Workflows

/// The shares of maps within a region: layers and targets down, methods across.
struct RegionTable {
  private let cells: [ComparedCell]

  init(_ input: ComparedInput) {
    cells = input.cells
  }

  /// The table in percent; a dash where a map has nothing positive or was not made.
  var text: String {
    let methods = unique(cells.map(\.method))
    var table = TextTable(
      [("layer", .leading), ("target", .leading)] + methods.map { ($0, .trailing) })
    for target in unique(cells.map(\.target)) {
      for layer in unique(cells.map { $0.layer ?? "input" }) {
        let row = cells.filter { $0.target == target && ($0.layer ?? "input") == layer }
        let shares = methods.map { method in
          row.first { $0.method == method }?.shareInRegion.map {
            String(format: "%.1f %%", 100 * $0)
          } ?? "\u{2013}"
        }
        table.add([layer, target] + shares)
      }
    }
    return table.text
  }

  private func unique(_ names: [String]) -> [String] {
    names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
