/// How sparse a map is by the ratio of its two norms.
enum HoyerSparseness {
  static let entry = Metric(
    id: "hoyer", title: "Hoyer sparseness",
    summary: "how sparse the map is: 0 when even, 1 for a single position",
    formula: "(√P − ‖L⁺‖₁ / ‖L⁺‖₂) / (√P − 1)",
    source: "Hoyer 2004, Journal of Machine Learning Research 5, 1457–1469",
    topic: .complexity, direction: .none,
    caution: "A description: a small spot anywhere has a high value. Empty maps have none.",
    procedure: .map { map, _ in Measurement(of(map.positive)) })

  /// The sparseness of values, none below zero; nil when all are zero, or there is only one.
  static func of(_ values: [Double]) -> Double? {
    let root = Double(values.count).squareRoot()
    let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0, root > 1 else { return nil }
    return (root - values.reduce(0, +) / length) / (root - 1)
  }
}
