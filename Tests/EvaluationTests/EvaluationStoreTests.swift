import ExplanationQuality
import Explanations
import Foundation
import GRDB
import Synchronization
import TensorCore
import TestSupport
import Testing

@testable import Evaluation

/// A store tells the same whatever way it was filled.
struct EvaluationStoreTests {
  @Test func `a run that was stopped at any input goes on to the same numbers`() async throws {
    let model = try EvaluationFixture.model()
    let plan = try EvaluationFixture.plan(model)
    let samples = try EvaluationFixture.samples(model)
    let folder = try TemporaryFolder()
    let whole = try await EvaluationFixture.run(plan, samples, at: folder.path("whole.sqlite"))
    #expect(whole.count > 12 * 30)
    for stop in [1, 5, 8, 11] {
      let path = folder.path("\(stop).sqlite")
      await stopped(after: stop) { events in
        try await EvaluationFixture.run(plan, samples, at: path, events: events)
      }
      let part = try EvaluationFixture.numbers(at: path)
      #expect(part.count < whole.count && !part.isEmpty)
      let resumed = try await EvaluationFixture.run(plan, samples, at: path)
      #expect(resumed == whole)
    }
  }

  /// Runs something that is cancelled once so many inputs are done.
  private func stopped(
    after count: Int,
    _ run: @escaping @Sendable (EvaluationRun.Events) async throws -> [String: Double?]
  ) async {
    let state = Mutex<(task: Task<Void, any Error>?, left: Int)>((nil, count))
    let events = EvaluationRun.Events(done: { _ in
      state.withLock {
        $0.left -= 1
        if $0.left == 0 { $0.task?.cancel() }
      }
    })
    let task = Task {
      while state.withLock({ $0.task == nil }) { await Task.yield() }
      _ = try await run(events)
    }
    state.withLock { $0.task = task }
    _ = try? await task.value
  }

  @Test func `lanes do not change numbers`() async throws {
    let model = try EvaluationFixture.model()
    let plan = try EvaluationFixture.plan(model)
    let samples = try EvaluationFixture.samples(model, count: 20)
    let folder = try TemporaryFolder()
    let one = try await EvaluationFixture.run(plan, samples, at: folder.path("1.sqlite"))
    let three = try await EvaluationFixture.run(
      plan, samples, at: folder.path("3.sqlite"), lanes: 3)
    #expect(one == three)
  }

  @Test func `another method or metric computes what is missing, and nothing else`() async throws {
    let model = try EvaluationFixture.model()
    let samples = try EvaluationFixture.samples(model)
    let folder = try TemporaryFolder()
    let all = try EvaluationFixture.plan(model)
    let whole = try await EvaluationFixture.run(all, samples, at: folder.path("whole.sqlite"))
    let path = folder.path("grown.sqlite")
    let passes = Mutex(0)
    let events = EvaluationRun.Events(done: { sample in passes.withLock { $0 += sample.passCount } }
    )
    try await EvaluationFixture.run(
      try EvaluationFixture.plan(model, methods: ["grad-cam"], metrics: ["mu-fidelity", "gini"]),
      samples, at: path)
    try await EvaluationFixture.run(
      try EvaluationFixture.plan(model, methods: ["grad-cam"]), samples, at: path)
    let grown = try await EvaluationFixture.run(all, samples, at: path)
    #expect(grown == whole)
    try await EvaluationFixture.run(all, samples, at: path, events: events)
    // Only whether anything is missing was asked: the whole input is scored again.
    #expect(passes.withLock(\.self) == samples.count)
  }

  @Test func `truth that changed replaces what rested on it`() async throws {
    let model = try EvaluationFixture.model()
    let plan = try EvaluationFixture.plan(model, metrics: ["energy"])
    let samples = try EvaluationFixture.samples(model, count: 3)
    let folder = try TemporaryFolder()
    let path = folder.path("store.sqlite")
    let before = try await EvaluationFixture.run(plan, samples, at: path)
    let other = samples.map { sample in
      EvaluationSample(
        name: sample.name, digest: sample.digest, inputs: sample.inputs, weights: sample.weights,
        classIndex: sample.classIndex, target: sample.target, predicted: sample.predicted,
        truth: TruthRegion(inside: (0..<36).map { $0 >= 18 }))
    }
    let after = try await EvaluationFixture.run(plan, other, at: path)
    #expect(after.count == before.count && after != before)
  }

  @Test func `halves are told apart, and what an older version wrote is in none`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("store.sqlite")
    let identity = EvaluationFixture.identity()
    try await DatabaseQueue(path: path).write { database in
      for table in EvaluationTables.all { try database.execute(sql: table) }
      try database.execute(
        sql: """
          PRAGMA user_version = 1;
          CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
          INSERT INTO grdb_migrations VALUES ('1');
          """)
      try database.execute(
        sql: "INSERT INTO run (key, settings, version) VALUES (?, '', 'old')",
        arguments: [try identity.key()])
      try database.execute(
        sql: """
          INSERT INTO sample (run, name, row, digest, target, predicted, whole, passCount, seconds)
          VALUES (1, 'old', -1, '', '', 0, 1, 0, 0)
          """)
    }
    let model = try EvaluationFixture.model()
    let plan = try EvaluationFixture.plan(model, methods: ["grad-cam"], metrics: ["gini"])
    let samples = try EvaluationFixture.samples(model).enumerated().map { index, sample in
      EvaluationSample(
        name: sample.name, digest: sample.digest, inputs: sample.inputs, weights: sample.weights,
        classIndex: sample.classIndex, target: sample.target, predicted: sample.predicted,
        half: index % 3 == 0 ? .test : .tune)
    }
    try await EvaluationFixture.run(plan, samples, at: path)
    let store = try EvaluationStore(path: path)
    let run = try store.run(identity, version: "test")
    #expect(try store.samples(of: run).first { $0.name == "old" }?.half == nil)
    #expect(try store.record(of: run).samples.count == 13)
    let test = try store.record(of: run, half: .test)
    #expect(test.samples.count == 4 && test.samples.allSatisfy { $0.half == .test })
    #expect(try store.record(of: run, half: .tune).samples.count == 8)
  }

  @Test func `a store of a newer version is refused`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("store.sqlite")
    _ = try EvaluationStore(path: path).run(EvaluationFixture.identity(), version: "test")
    try EvaluationStore(path: path).queue.write { try $0.execute(sql: "PRAGMA user_version = 9") }
    let error = #expect(throws: EvaluationError.self) { try EvaluationStore(path: path) }
    #expect(error?.description.contains("newer version") == true)
  }

  @Test func `what is no store is an error that names the file`() throws {
    let folder = try TemporaryFolder()
    let text =
      "not a store, but long enough to be read as one" + String(repeating: "x", count: 4096)
    let path = try folder.write(text, to: "a.sqlite")
    let error = #expect(throws: EvaluationError.self) { try EvaluationStore(path: path) }
    #expect(error?.description.contains("a.sqlite") == true)
  }
}
