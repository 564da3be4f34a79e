import ExplanationQuality
import Foundation
import GRDB
import TensorCore

extension EvaluationStore {
  /// The number of a run, which is entered if it is new.
  package func run(_ identity: RunIdentity, version: String) throws -> Int64 {
    let (key, settings) = (try identity.key(), try identity.json())
    return try queue.write { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO run (key, settings, version) VALUES (?, ?, ?)",
        arguments: [key, settings, version])
      return try Int64.fetchOne(
        database, sql: "SELECT id FROM run WHERE key = ?", arguments: [key]) ?? 0
    }
  }

  /// Enters what is new about an input.
  package func add(_ evaluated: EvaluatedSample, to run: Int64) throws {
    try queue.write { database in
      let sample = try Self.number(of: evaluated, run, database)
      for map in evaluated.maps {
        try database.execute(
          sql: """
            INSERT OR IGNORE INTO map (sample, key, shape, grid, isEmpty) VALUES (?, ?, ?, ?, ?)
            """,
          arguments: [
            sample, try map.key.json(),
            map.map.shape.extents.map(String.init).joined(separator: ","),
            Data([UInt8](littleEndian: map.map.elements)), map.isEmpty,
          ])
      }
      try Self.add(evaluated.scores, to: sample, database)
      for (metric, scores) in evaluated.passes {
        try database.execute(
          sql: "INSERT OR REPLACE INTO passes (sample, metric, scores) VALUES (?, ?, ?)",
          arguments: [sample, metric, Data(doubles: scores)])
      }
    }
  }

  private static func number(
    of evaluated: EvaluatedSample, _ run: Int64, _ database: Database
  ) throws -> Int64 {
    let sample = evaluated.sample
    try database.execute(
      sql: """
        INSERT INTO sample
          (run, name, row, digest, target, classIndex, label, predicted, whole, passCount, seconds, half)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET
          passCount = passCount + excluded.passCount, seconds = seconds + excluded.seconds,
          half = excluded.half
        """,
      arguments: [
        run, sample.name, sample.row ?? -1, sample.digest, sample.target, sample.classIndex,
        sample.label, sample.predicted, evaluated.whole, evaluated.passCount, evaluated.seconds,
        sample.half.rawValue,
      ])
    return try number(of: sample, run, database) ?? 0
  }

  static func number(
    of sample: EvaluationSample, _ run: Int64, _ database: Database
  ) throws -> Int64? {
    try Int64.fetchOne(
      database,
      sql: """
        SELECT id FROM sample WHERE run = ? AND name = ? AND row = ? AND digest = ? AND target = ?
        """,
      arguments: [run, sample.name, sample.row ?? -1, sample.digest, sample.target])
  }

  private static func add(
    _ scores: [EvaluatedScore], to sample: Int64, _ database: Database
  ) throws {
    let maps = try mapNumbers(of: sample, database)
    let statement = try database.makeStatement(
      sql: """
        INSERT OR REPLACE INTO score (map, metric, basis, value, fractions, scores)
        VALUES (?, ?, ?, ?, ?, ?)
        """)
    for score in scores {
      guard let map = maps[score.map] else { continue }
      let measurement = score.measurement
      let hasCurve = !measurement.fractions.isEmpty
      try statement.execute(arguments: [
        map, score.metric, score.basis, measurement.value,
        hasCurve ? Data(doubles: measurement.fractions) : nil,
        hasCurve ? Data(doubles: measurement.scores) : nil,
      ])
    }
  }

  static func mapNumbers(of sample: Int64, _ database: Database) throws -> [MapKey: Int64] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT id, key FROM map WHERE sample = ?", arguments: [sample])
    return try rows.reduce(into: [:]) { $0[try MapKey(json: $1["key"])] = $1["id"] }
  }
}

extension Data {
  /// Numbers of 64 bits one after another, the lowest byte of each first.
  init(doubles numbers: [Double]) {
    self.init(capacity: 8 * numbers.count)
    for number in numbers {
      let bits = number.bitPattern
      for byte in 0..<8 { append(UInt8(truncatingIfNeeded: bits >> (8 * UInt64(byte)))) }
    }
  }

  /// The numbers again.
  var doubles: [Double] {
    let bytes = [UInt8](self)
    return (0..<bytes.count / 8).map { place in
      let bits = (0..<8).reduce(UInt64(0)) {
        $0 | UInt64(bytes[8 * place + $1]) << (8 * UInt64($1))
      }
      return Double(bitPattern: bits)
    }
  }
}
