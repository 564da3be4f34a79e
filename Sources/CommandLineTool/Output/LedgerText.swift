import Explanations
import Foundation
import Workflows

/// The ledgers of an input as tables for a terminal.
struct LedgerText {
  private let input: ExplainedInput

  init(_ input: ExplainedInput) {
    self.input = input
  }

  /// One table per method, target and pass; layers of one pass share it.
  var text: String {
    var shown = Set<String>()
    var texts: [String] = []
    for explanation in input.explanations {
      for ledger in explanation.ledgers ?? [] {
        let title = "\(explanation.method), \(explanation.target), \(ledger.start) relevance"
        guard shown.insert(title).inserted else { continue }
        texts.append("\n\(title):\n" + Self.table(ledger))
      }
    }
    return texts.joined(separator: "\n")
  }

  private static func table(_ ledger: ConservationLedger) -> String {
    var table = TextTable([
      ("layer", .leading), ("operation", .leading), ("in", .trailing), ("out", .trailing),
      ("bias", .trailing), ("stabilizer", .trailing), ("dead", .trailing),
      ("rest", .trailing), ("bias-only units", .trailing),
    ])
    for row in ledger.rows {
      // Sums of many numbers are rounded; what is far below them is noise.
      let noise = 1e-5 * max(abs(row.received), abs(row.passed))
      let cell = { (number: Float) in abs(number) <= noise ? "" : number.short }
      table.add([
        row.name, row.operation, row.received.short, row.passed.short,
        cell(row.bias), cell(row.stabilizer), cell(row.dead), cell(row.remainder),
        row.biasOnlyUnits == 0 ? "" : "\(row.biasOnlyUnits)",
      ])
    }
    let arrivals = ledger.arrivals.map { "\($0.name) \($0.relevance.short)" }
    return table.text + "\narrived: " + arrivals.joined(separator: ", ")
  }
}

extension Float {
  /// Four digits.
  fileprivate var short: String { String(format: "%.4g", self) }
}
