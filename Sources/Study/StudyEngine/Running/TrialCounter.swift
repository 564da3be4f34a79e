import Chemometrics
import Foundation
import Synchronization

/// Counts trials as they end, in any order, and says how the networks fare.
final class TrialCounter: Sendable {
  private struct State {
    var done = 0
    var right = 0
    var asked = 0
    var squares = 0.0
  }

  private let state = Mutex(State())
  private let total: Int
  private let data: StudyData
  private let report: @Sendable (SpectralStudy.Progress) -> Void

  init(
    total: Int, data: StudyData, report: @escaping @Sendable (SpectralStudy.Progress) -> Void
  ) {
    self.total = total
    self.data = data
    self.report = report
    report(SpectralStudy.Progress(stage: .validation, done: 0, total: total, detail: ""))
  }

  /// Takes a trial into account.
  func note(_ trial: SplitTrial) {
    let next = state.withLock { state in
      state.done += 1
      state.asked += trial.scores.count
      switch data.question {
      case .classes(let labels):
        state.right += zip(trial.classes, trial.split.test).count { $0 == labels.indices[$1] }
        let share = Double(state.right) / Double(max(1, state.asked))
        return progress(state.done, "network \(Self.fixed(100 * share, 2)) % right")
      case .quantity(_, let values):
        for (row, sample) in zip(trial.scores, trial.split.test) {
          let error = Double(row[0]) - values[sample]
          state.squares += error * error
        }
        let error = (state.squares / Double(max(1, state.asked))).squareRoot()
        return progress(state.done, "network RMSE \(Self.fixed(error, 4))")
      }
    }
    report(next)
  }

  private func progress(_ done: Int, _ detail: String) -> SpectralStudy.Progress {
    SpectralStudy.Progress(stage: .validation, done: done, total: total, detail: detail)
  }

  private static func fixed(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", value)
  }
}

extension SplitTrial {
  /// The class of the highest score of every test spectrum.
  var classes: [Int] {
    scores.map { row in row.indices.max { (row[$0], -$0) < (row[$1], -$1) } ?? 0 }
  }
}
