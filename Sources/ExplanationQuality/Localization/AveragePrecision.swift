/// The mean share of the object among what ranks as high as each of its positions.
enum AveragePrecision {
  static let entry = Metric(
    id: "average-precision", title: "Average precision",
    summary: "how pure the highest positions are, averaged over the object",
    formula: "Σ (recallₜ − recallₜ₋₁) · precisionₜ over the values t of L, descending",
    source: "Choe et al. 2020, arXiv 2001.07437, PxAP, of one input",
    topic: .localization, direction: .up, chance: "the share of the input that the object covers",
    usesOrderOnly: true, caution: "Equal values are one step.",
    procedure: .truth { map, region, _ in
      let all = Double(region.count)
      guard all > 0 else { return Measurement(nil) }
      var (seen, found, sum) = (0.0, 0.0, 0.0)
      for level in map.levels {
        let hits = Double(level.count { region.inside[Int($0)] })
        (seen, found) = (seen + Double(level.count), found + hits)
        sum += hits / all * found / seen
      }
      return Measurement(sum)
    })
}
