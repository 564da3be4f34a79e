import ExplanationQuality
import Testing

extension Metric {
  /// The measurement of a metric of the catalog, written as on the command line.
  static func measurement(
    _ text: String, _ map: MapReading, _ region: TruthRegion = TruthRegion(inside: [])
  ) throws -> Measurement {
    let chosen = try ChosenMetric(parsing: text)
    switch chosen.metric.procedure {
    case .map(let measure): return measure(map, chosen.settings)
    case .truth(let measure): return measure(map, region, chosen.settings)
    default: throw UnexpectedProcedure(id: chosen.metric.id)
    }
  }

  /// Its value; NaN where it has none.
  static func value(
    _ text: String, _ map: MapReading, _ region: TruthRegion = TruthRegion(inside: [])
  ) throws -> Double {
    try measurement(text, map, region).value ?? .nan
  }
}

/// A metric that needs more than a test gives it.
struct UnexpectedProcedure: Error { let id: String }
