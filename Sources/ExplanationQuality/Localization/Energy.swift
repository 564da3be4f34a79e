import Catalogs

/// Which values of a map count.
enum CountedValues: String, CaseIterable {
  /// What lies above zero.
  case positive
  /// Values without their signs.
  case magnitude
}

extension Parameter<CountedValues> {
  static var values: Parameter {
    Parameter(
      "values", "what of the map counts: what lies above zero, or values without their signs",
      standard: .positive)
  }
}

extension Parameter<Double> {
  /// The largest object that is measured.
  static var largest: Parameter {
    Parameter(
      "largest", "objects that cover more of the input are left out, in percent", standard: 100,
      .number(0...100))
  }
}

/// How much of a map lies within the object.
enum Energy {
  static let entry = Metric(
    id: "energy", title: "Energy inside",
    summary: "the share of the map's positive sum that lies within the object",
    formula: "Σ_S L⁺ / Σ L⁺",
    source: "Wang et al. 2020, Score-CAM, arXiv 1910.01279; mass accuracy in Arras et al. 2022",
    topic: .localization, direction: .up, chance: "the share of the input that the object covers",
    caution: "Depends on how values are distributed: squaring a map raises it. An empty map has 0.",
    parameters: [Parameter.values, Parameter.largest],
    procedure: .truth { map, region, settings in
      Measurement(share(map, region, settings))
    })

  /// The share; nil for no object, and one that is larger than is asked for.
  static func share(_ map: MapReading, _ region: TruthRegion, _ settings: Settings) -> Double? {
    guard region.count > 0, region.share * 100 <= settings[.largest] else { return nil }
    let map = settings[.values] == .magnitude ? map.magnitude : map
    return share(map.positive, region.inside)
  }

  /// The share of a sum that lies inside; zero for a sum of zero.
  static func share(_ values: [Double], _ inside: [Bool]) -> Double {
    let sum = values.reduce(0, +)
    guard sum > 0 else { return 0 }
    return zip(values, inside).reduce(0) { $1.1 ? $0 + $1.0 : $0 } / sum
  }
}

extension TruthRegion {
  /// The share of positions that belong to it.
  var share: Double { Double(count) / Double(max(inside.count, 1)) }
}
