/// Whether a map has nothing above zero.
enum EmptyMap {
  static let entry = Metric(
    id: "empty", title: "Empty map",
    summary: "1 for a map without anything above zero, else 0; the mean is the share of empty maps",
    formula: "1[max L ≤ 0]", source: "", topic: .complexity, direction: .none,
    procedure: .map { map, _ in Measurement(map.isEmpty ? 1 : 0) })
}
