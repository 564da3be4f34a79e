import Catalogs
package import ExplanationQuality
import GRDB

extension EvaluationStore {
  /// All that is known of a run: every map and metric that it has numbers of.
  ///
  /// Metrics that are neither in the catalog nor given are left out.
  ///
  /// - Parameters:
  ///   - run: Which.
  ///   - half: The inputs that are told; nil for all.
  ///   - own: Metrics that are not in the catalog.
  ///   - curves: Whether curves are read too.
  /// - Returns: The record.
  /// - Throws: `DatabaseError` when the file cannot be read.
  package func record(
    of run: Int64, half: EvaluationHalf? = nil, own: [ChosenMetric] = [], curves: Bool = true
  ) throws -> EvaluationRecord {
    let scores = try scores(of: run, curves: curves)
    var metrics: [ChosenMetric] = []
    var texts: Set<String> = []
    var maps: [MapKey] = []
    var known: Set<MapKey> = []
    for score in scores {
      if known.insert(score.map).inserted { maps.append(score.map) }
      guard texts.insert(score.metric).inserted,
        let metric = own.first(where: { $0.text == score.metric })
          ?? (try? ChosenMetric(parsing: score.metric))
      else { continue }
      metrics.append(metric)
    }
    let order = MetricCatalog.entries.ids
    metrics.sort { first, second in
      let places = [first, second].map { order.firstIndex(of: $0.metric.id) ?? order.count }
      return (places[0], first.text) < (places[1], second.text)
    }
    return EvaluationRecord(
      try samples(of: run).filter { half == nil || $0.half == half }, scores,
      emptyCounts: try emptyCounts(of: run, half: half), metrics: metrics, maps: maps)
  }
}
