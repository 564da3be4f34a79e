import Foundation
import GRDB
import TensorCore

/// What evaluations found, in a file from which everything can be told again.
///
/// An input's numbers are written in one transaction, so that a run that is ended at any moment loses
/// no more than the inputs at hand, and is gone on with where they are missing.
package final class EvaluationStore: Sendable {
  let queue: DatabaseQueue

  /// The version of the tables that this program writes.
  static let schemaVersion = 2

  /// Opens a store, or makes one.
  ///
  /// - Parameter path: The file.
  /// - Throws: `EvaluationError` when the file is none, was written by a newer program, or cannot be
  ///   written.
  package init(path: String) throws {
    do {
      var configuration = Configuration()
      configuration.foreignKeysEnabled = true
      configuration.busyMode = .timeout(5)
      configuration.prepareDatabase { database in
        try database.execute(sql: "PRAGMA journal_mode = WAL")
        try database.execute(sql: "PRAGMA synchronous = NORMAL")
      }
      queue = try DatabaseQueue(path: path, configuration: configuration)
      let version = try queue.read {
        try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0
      }
      guard version <= Self.schemaVersion else {
        throw EvaluationError(
          "\(path): was written by a newer version of Vitrine (tables of version \(version), this one "
            + "knows \(Self.schemaVersion)); use that, or another folder")
      }
      try Self.migrator.migrate(queue)
    } catch let error as DatabaseError {
      throw EvaluationError("\(path): \(error.message ?? "\(error)")")
    }
  }

  /// Steps from older tables to those of today.
  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      for table in EvaluationTables.all { try database.execute(sql: table) }
      try database.execute(sql: "PRAGMA user_version = 1")
    }
    migrator.registerMigration("2") { database in
      try database.execute(sql: EvaluationTables.half)
      try database.execute(sql: "PRAGMA user_version = 2")
    }
    return migrator
  }
}

/// Why an evaluation cannot be made or told.
package struct EvaluationError: Error, Hashable, CustomStringConvertible {
  /// What is wrong, where, and how to mend it.
  package let description: String

  /// Creates an error.
  package init(_ description: String) { self.description = description }
}

/// The tables of a store.
enum EvaluationTables {
  static let all = [run, sample, map, score, passes]

  /// Settings that change all numbers; a run with others is another one.
  private static let run = """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      settings TEXT NOT NULL,
      version TEXT NOT NULL
    )
    """

  private static let sample = """
    CREATE TABLE sample (
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES run(id),
      name TEXT NOT NULL,
      row INTEGER NOT NULL,
      digest TEXT NOT NULL,
      target TEXT NOT NULL,
      classIndex INTEGER,
      label INTEGER,
      predicted INTEGER NOT NULL,
      whole DOUBLE NOT NULL,
      passCount INTEGER NOT NULL,
      seconds DOUBLE NOT NULL,
      UNIQUE (run, name, row, digest, target)
    )
    """

  /// The half of all inputs that one belongs to; of inputs that an older program entered it is not known.
  static let half = "ALTER TABLE sample ADD COLUMN half TEXT"

  private static let map = """
    CREATE TABLE map (
      id INTEGER PRIMARY KEY,
      sample INTEGER NOT NULL REFERENCES sample(id),
      key TEXT NOT NULL,
      shape TEXT NOT NULL,
      grid BLOB NOT NULL,
      isEmpty INTEGER NOT NULL,
      UNIQUE (sample, key)
    )
    """

  /// Of another region a metric has another basis; a new number replaces the old one.
  private static let score = """
    CREATE TABLE score (
      map INTEGER NOT NULL REFERENCES map(id),
      metric TEXT NOT NULL,
      basis TEXT NOT NULL,
      value DOUBLE,
      fractions BLOB,
      scores BLOB,
      PRIMARY KEY (map, metric)
    ) WITHOUT ROWID
    """

  /// Scores of inputs that are masked alike for all maps.
  private static let passes = """
    CREATE TABLE passes (
      sample INTEGER NOT NULL REFERENCES sample(id),
      metric TEXT NOT NULL,
      scores BLOB NOT NULL,
      PRIMARY KEY (sample, metric)
    ) WITHOUT ROWID
    """
}
