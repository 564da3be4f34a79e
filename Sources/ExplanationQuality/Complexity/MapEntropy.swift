import Foundation

/// The share of positions that an even map of the same entropy would cover.
enum MapEntropy {
  static let entry = Metric(
    id: "entropy", title: "Entropy share",
    summary: "the share of the input that an even map as complex as this one would cover",
    formula: "exp(H) / P, H = −Σ q ln q, q = L⁺ / Σ L⁺",
    source: "Bhatt et al. 2020, arXiv 2005.00631, complexity",
    topic: .complexity, direction: .none,
    caution: "A description: a small spot anywhere has a low value. Empty maps have none.",
    procedure: .map { map, _ in
      Measurement(of(map.positive).map { exp($0) / Double(map.count) })
    })

  /// The entropy in nats of values as shares of their sum, none below zero; nil when all are zero.
  static func of(_ values: [Double]) -> Double? {
    let sum = values.reduce(0, +)
    guard sum > 0 else { return nil }
    return values.reduce(0) { total, value in
      value > 0 ? total - value / sum * log(value / sum) : total
    }
  }
}
