import Catalogs
import Statistics

/// Where a map becomes a region.
enum RegionThreshold: String, CaseIterable {
  case meanAndDeviation = "mean+std"
  case best
  case top
  case fifteen = "15%"
  case half = "50%"
}

/// How well the region that a map marks covers the object.
enum Overlap {
  static let threshold = Parameter(
    "threshold",
    "where the map becomes a region: above its mean and one standard deviation, at the best of its "
      + "values (which needs the truth), as large as the object, or from 15 % or 50 % of its maximum",
    standard: RegionThreshold.meanAndDeviation)

  static let entry = Metric(
    id: "iou", title: "IoU",
    summary: "the area that the marked region and the object share, over the area of both",
    formula: "|M ∩ S| / |M ∪ S|, M = {p : L(p) > mean L + std L}",
    source: "Lee et al. 2021, Relevance-CAM, with mean + std; Everingham et al. 2010",
    topic: .localization, direction: .up,
    caution:
      "Rests on the threshold as much as on the map; the best threshold is optimistic. An empty map has 0.",
    parameters: [threshold],
    procedure: .truth { map, region, settings in
      guard region.count > 0 else { return Measurement(nil) }
      guard !map.isEmpty else { return Measurement(0) }
      return Measurement(of(map, region, settings[threshold]))
    })

  private static func of(
    _ map: MapReading, _ region: TruthRegion, _ threshold: RegionThreshold
  ) -> Double {
    let values = map.values.map { Double($0) }
    let largest = values.max() ?? 0
    switch threshold {
    case .best: return best(map, region)
    case .top: return ratio(Set(map.order.prefix(region.count)), region)
    case .fifteen: return ratio(of: values.map { $0 >= 0.15 * largest }, region)
    case .half: return ratio(of: values.map { $0 >= 0.5 * largest }, region)
    case .meanAndDeviation:
      let mean = values.mean
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      return ratio(of: values.map { $0 > mean + variance.squareRoot() }, region)
    }
  }

  private static func ratio(_ marked: Set<Int32>, _ region: TruthRegion) -> Double {
    let shared = marked.count { region.inside[Int($0)] }
    return Double(shared) / Double(marked.count + region.count - shared)
  }

  private static func ratio(of marked: [Bool], _ region: TruthRegion) -> Double {
    ratio(of: marked, region.inside)
  }

  /// The area that two regions share over that of both; zero when both are empty.
  static func ratio(of first: [Bool], _ second: [Bool]) -> Double {
    var (shared, joined) = (0, 0)
    for (one, other) in zip(first, second) {
      if one && other { shared += 1 }
      if one || other { joined += 1 }
    }
    return joined == 0 ? 0 : Double(shared) / Double(joined)
  }

  /// The largest ratio over all thresholds above zero.
  private static func best(_ map: MapReading, _ region: TruthRegion) -> Double {
    var (seen, shared, best) = (0, 0, 0.0)
    for level in map.levels where level.first.map({ map.values[Int($0)] > 0 }) ?? false {
      seen += level.count
      shared += level.count { region.inside[Int($0)] }
      best = max(best, Double(shared) / Double(seen + region.count - shared))
    }
    return best
  }
}
