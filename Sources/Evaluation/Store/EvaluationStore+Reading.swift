import ExplanationQuality
import Foundation
import GRDB
package import TensorCore

/// An input as it stands in a store.
package struct StoredSample: Hashable, Sendable {
  /// Its number in the store.
  package let id: Int64
  package let name: String
  package let row: Int?
  package let digest: String
  package let target: String
  package let classIndex: Int?
  package let label: Int?
  package let predicted: Int

  /// What the network says of the whole input.
  package let whole: Double
  package let passCount: Int
  package let seconds: Double

  /// The half of all inputs that it belongs to; nil where an older program entered it.
  package let half: EvaluationHalf?
}

/// A number as it stands in a store.
package struct StoredScore: Sendable {
  package let sample: Int64
  package let map: MapKey
  package let metric: String
  package let value: Double?
  package let fractions: [Double]
  package let scores: [Double]
}

extension EvaluationStore {
  /// What is known of an input.
  package func known(_ sample: EvaluationSample, in run: Int64) throws -> KnownSample {
    try queue.read { database in
      var known = KnownSample()
      guard let number = try Self.number(of: sample, run, database) else { return known }
      let maps = try Row.fetchAll(
        database, sql: "SELECT key, shape, grid FROM map WHERE sample = ?", arguments: [number])
      for row in maps { known.maps[try MapKey(json: row["key"])] = Self.grid(row) }
      let scores = try Row.fetchAll(
        database,
        sql: """
          SELECT map.key AS key, metric, basis FROM score JOIN map ON map.id = score.map
          WHERE map.sample = ?
          """, arguments: [number])
      for row in scores {
        known.scores.insert(
          ScoreKey(map: try MapKey(json: row["key"]), metric: row["metric"], basis: row["basis"]))
      }
      let passes = try Row.fetchAll(
        database, sql: "SELECT metric, scores FROM passes WHERE sample = ?", arguments: [number])
      for row in passes { known.passes[row["metric"]] = (row["scores"] as Data).doubles }
      return known
    }
  }

  private static func grid(_ row: Row) -> Tensor? {
    let extents = (row["shape"] as String).split(separator: ",").compactMap { Int($0) }
    let bytes = [UInt8](row["grid"] as Data)
    let shape = Shape(extents)
    guard bytes.count == 4 * shape.elementCount else { return nil }
    return Tensor(shape: shape, elements: [Float](littleEndian: bytes))
  }

  /// The inputs of a run by name, row and target.
  package func samples(of run: Int64) throws -> [StoredSample] {
    try queue.read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM sample WHERE run = ? ORDER BY name, row, target",
        arguments: [run]
      ).map { row in
        let place: Int = row["row"]
        return StoredSample(
          id: row["id"], name: row["name"], row: place < 0 ? nil : place, digest: row["digest"],
          target: row["target"], classIndex: row["classIndex"], label: row["label"],
          predicted: row["predicted"], whole: row["whole"], passCount: row["passCount"],
          seconds: row["seconds"],
          half: (row["half"] as String?).flatMap(EvaluationHalf.init))
      }
    }
  }

  /// The numbers of a run.
  ///
  /// - Parameters:
  ///   - run: Which.
  ///   - curves: Whether curves are read too.
  /// - Returns: In the order of inputs, whenever they were entered.
  /// - Throws: `DatabaseError` when the file cannot be read.
  package func scores(of run: Int64, curves: Bool) throws -> [StoredScore] {
    try queue.read { database in
      var keys: [String: MapKey] = [:]
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT map.sample AS sample, map.key AS key, metric, value,
            \(curves ? "fractions, scores" : "NULL AS fractions, NULL AS scores")
          FROM score JOIN map ON map.id = score.map JOIN sample ON sample.id = map.sample
          WHERE sample.run = ?
          ORDER BY sample.name, sample.row, sample.target, map.id, metric
          """, arguments: [run])
      var result: [StoredScore] = []
      while let row = try rows.next() {
        let text: String = row["key"]
        let key = try keys[text] ?? MapKey(json: text)
        keys[text] = key
        result.append(
          StoredScore(
            sample: row["sample"], map: key, metric: row["metric"], value: row["value"],
            fractions: (row["fractions"] as Data?)?.doubles ?? [],
            scores: (row["scores"] as Data?)?.doubles ?? []))
      }
      return result
    }
  }

  /// How many maps of each kind have no value above zero, of a run.
  package func emptyCounts(
    of run: Int64, half: EvaluationHalf? = nil
  ) throws -> [MapKey: Int] {
    try queue.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT map.key AS key, SUM(isEmpty) AS count FROM map JOIN sample ON sample.id = map.sample
          WHERE sample.run = ? AND (? IS NULL OR half = ?) GROUP BY map.key
          """, arguments: [run, half?.rawValue, half?.rawValue])
      return try rows.reduce(into: [:]) { $0[try MapKey(json: $1["key"])] = $1["count"] }
    }
  }

  /// The map of an input on its own grid; nil where there is none.
  package func map(_ key: MapKey, of sample: Int64) throws -> Tensor? {
    let text = try key.json()
    return try queue.read { database in
      try Row.fetchOne(
        database, sql: "SELECT shape, grid FROM map WHERE sample = ? AND key = ?",
        arguments: [sample, text]
      ).flatMap(Self.grid)
    }
  }
}
