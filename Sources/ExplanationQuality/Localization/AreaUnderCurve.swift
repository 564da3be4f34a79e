/// How often a position of the object ranks above one outside.
enum AreaUnderCurve {
  static let entry = Metric(
    id: "auc", title: "ROC AUC",
    summary: "how often a position within the object has a higher value than one outside",
    formula: "P[L(s) > L(o)] + ½ P[L(s) = L(o)], s in S, o outside",
    source: "Fawcett 2006, Pattern Recognition Letters 27, 861–874",
    topic: .localization, direction: .up, chance: "0.5, whatever the object's size",
    usesOrderOnly: true,
    caution: "Positions far away count as much as near ones. None when the object covers all.",
    procedure: .truth { map, region, _ in
      Measurement(of(map, region.inside))
    })

  /// The area; nil when nothing is inside, or nothing outside.
  static func of(_ map: MapReading, _ inside: [Bool]) -> Double? {
    let all = inside.count { $0 }
    let outside = inside.count - all
    guard all > 0, outside > 0 else { return nil }
    var (below, sum) = (Double(outside), 0.0)
    for level in map.levels {
      let hits = Double(level.count { inside[Int($0)] })
      let misses = Double(level.count) - hits
      below -= misses
      sum += hits * (below + misses / 2)
    }
    return sum / (Double(all) * Double(outside))
  }
}
