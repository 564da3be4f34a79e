import Explanations
import Foundation

/// How far the masks of a run came that were sought step by step.
struct OptimizationLog {
  private var records: [MethodVariant: [OptimizationRecord]] = [:]

  /// Takes maps into account.
  mutating func add(_ samples: [SampleExplanations]) {
    for explanation in samples.flatMap(\.explanations) {
      guard let record = explanation.optimization else { continue }
      records[MethodVariant(explanation.method), default: []].append(record)
    }
  }

  /// What is known, a sentence for each method with its settings: of one map what it came to, of many their means.
  var sentences: [String] {
    records.named.map { name, records in
      let mean = { (number: (OptimizationRecord) -> Double) in
        records.reduce(0) { $0 + number($1) } / Double(records.count)
      }
      let steps = records.first?.stepCount ?? 0
      var sentence =
        "\(name): the loss went from "
        + String(
          format: "%.3g to %.3g in %d steps; the score is %.3g of the input, %.3g of what hides it",
          mean { $0.losses.first ?? 0 }, mean { $0.losses.last ?? 0 }, steps, mean(\.wholeScore),
          mean(\.hiddenScore))
      let masks = records.map(\.masks.count).min() ?? 0
      for index in 0..<masks {
        sentence += String(
          format: ", %.3g under a mask that keeps %.2g %%", mean { $0.masks[index].score },
          100 * mean { $0.masks[index].kept })
      }
      return records.count > 1 ? sentence + " (means of \(records.count) maps)" : sentence
    }
  }
}
