import Evaluation
import Reports
import Workflows

/// What readers should know before they trust an evaluation.
struct EvaluationCautions {
  let telling: EvaluationTelling

  private var record: EvaluationRecord { telling.record }

  /// Fewer inputs than these make intervals unsure themselves.
  private static let smallCount = 20

  var statements: [ReportStatement] {
    extent + [mistaken, empty, unneutral, failures].compactMap(\.self)
  }

  private var extent: [ReportStatement] {
    var statements: [ReportStatement] = []
    let count = record.samples.count
    if !telling.isComplete {
      statements.append(
        ReportStatement("Not finished", "The run was stopped; what follows is of \(count) inputs."))
    }
    if count < Self.smallCount {
      statements.append(
        ReportStatement(
          "Few inputs",
          count == 1
            ? "One input tells nothing of others: there are no intervals."
            : "Intervals of \(count) inputs are unsure themselves; judge at least \(Self.smallCount)."
        ))
    }
    return statements
  }

  private var mistaken: ReportStatement? {
    let count = record.samples.count { sample in
      sample.classIndex.map { $0 != sample.predicted } ?? false
    }
    guard count > 0 else { return nil }
    let all = count == record.samples.count
    return ReportStatement(
      all ? "Never the first choice" : "Not the first choice",
      "On \(all ? "all" : "\(count) of \(record.samples.count)") inputs the network prefers another class to "
        + "the explained one. They are kept, as maps are of the explained class.")
  }

  private var empty: ReportStatement? {
    let counts = record.methods.compactMap { map in
      record.emptyCounts[map].flatMap { $0 > 0 ? "\(telling.names.full(map)) (\($0))" : nil }
    }
    guard !counts.isEmpty else { return nil }
    return ReportStatement(
      "Empty maps",
      "Maps without a value above zero, which count as they are: \(counts.joined(separator: ", "))."
    )
  }

  private var unneutral: ReportStatement? {
    let count = telling.unneutralCount
    guard count > 0 else { return nil }
    return ReportStatement(
      "Fills that are not neutral",
      "On \(count) of \(record.samples.count) inputs the network gives the explained class at least half of its "
        + "score when everything is hidden; metrics that hide inputs say little there. They are kept."
    )
  }

  private var failures: ReportStatement? {
    guard !telling.failures.isEmpty else { return nil }
    return ReportStatement(
      "Left out", "\(telling.failures.count) inputs could not be judged.",
      points: telling.failures.prefix(5).map(\.message))
  }
}
