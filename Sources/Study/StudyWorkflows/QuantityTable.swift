import Chemometrics
import SpectralData
import Statistics
import StudyEngine

/// How well several quantities are predicted, as CSV: one line for each and each model.
struct QuantityTable {
  let results: [StudyResult]

  var text: String {
    get throws {
      var table = CSVTable(quoting: .demanded)
      table.append([
        "quantity", "model", "rmsep", "95 % from", "95 % to", "bias", "r2", "divisions",
      ])
      for result in results {
        guard case .quantity(let outcome) = result.outcome else { continue }
        for (name, model) in [("network", outcome.network), ("pls", outcome.partialLeastSquares)] {
          let error = try model.summary()
          table.append([
            outcome.quantity, name, "\(error.mean)",
            error.meanInterval.map { "\(max(0, $0.lower))" } ?? "",
            error.meanInterval.map { "\($0.upper)" } ?? "",
            "\(try model.summary(of: \.bias).mean)",
            model.meanDetermination.map { "\($0)" } ?? "", "\(model.splits.count)",
          ])
        }
      }
      return table.text
    }
  }
}
