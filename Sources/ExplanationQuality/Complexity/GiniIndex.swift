/// How unequally a map is spread, 0 for everywhere alike and nearly 1 for a single position.
enum GiniIndex {
  static let entry = Metric(
    id: "gini", title: "Gini index",
    summary: "how unequally the map is spread: 0 when even, nearly 1 when in one place",
    formula: "Σᵢ (2i − P − 1) v₍ᵢ₎ / (P Σ v), v₍ᵢ₎ = L⁺ in ascending order",
    source: "Chalasani et al. 2020, arXiv 1810.06583; Hurley and Rickard 2009, arXiv 0811.4706",
    topic: .complexity, direction: .none,
    caution: "A description: a small spot anywhere has a high value. Empty maps have none.",
    procedure: .map { map, _ in
      Measurement(of(map.order.reversed().map { max(Double(map.values[Int($0)]), 0) }))
    })

  /// The index of values in ascending order, none below zero; nil when all are zero.
  static func of(_ ascending: [Double]) -> Double? {
    let count = Double(ascending.count)
    let sum = ascending.reduce(0, +)
    guard sum > 0 else { return nil }
    let weighted = ascending.enumerated().reduce(0) { total, item in
      total + (2 * Double(item.offset + 1) - count - 1) * item.element
    }
    return weighted / (count * sum)
  }
}
