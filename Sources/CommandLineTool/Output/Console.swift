import Foundation
import NetworkTraining
import PictureTraining
import StudyEngine
import StudyWorkflows
import Synchronization
import Workflows

/// Tells people what happens: notes, errors and a progress bar on standard error.
final class Console: Sendable {
  private struct State {
    var bar = ""
    var last = ContinuousClock.now
    var stageStart = ContinuousClock.now
    var stage: SpectralStudy.Progress.Stage?
    var subject: String?
    var detail = ""
  }

  private let isQuiet: Bool
  private let showsBar: Bool
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  /// Creates a console.
  ///
  /// - Parameter isQuiet: Whether only warnings and errors are written.
  init(isQuiet: Bool) {
    self.isQuiet = isQuiet
    showsBar = !isQuiet && StandardError.isTerminal
  }

  /// What a workflow reports to.
  var reporter: WorkflowReporter {
    WorkflowReporter(
      note: { self.note($0) }, warning: { self.warning($0) }, failure: { self.failure($0) },
      progress: { done, total in
        self.progress(done, total, detail: self.state.withLock(\.detail))
      },
      detail: { detail in self.state.withLock { $0.detail = detail } })
  }

  /// Removes the bar; says how fast it was when it took a while.
  func finish(_ count: Int) {
    erase()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    guard !isQuiet, seconds > 1, count > 1 else { return }
    let rate = Double(count) / seconds
    StandardError.write(String(format: "%d inputs in %.1f s (%.1f/s)\n", count, seconds, rate))
  }

  /// Draws a bar for a part of a study; where there is no terminal, says when a part begins.
  func progress(_ progress: SpectralStudy.Progress) {
    let isNew = state.withLock { state in
      guard state.stage != progress.stage || state.subject != progress.subject else { return false }
      (state.stage, state.stageStart) = (progress.stage, ContinuousClock.now)
      state.subject = progress.subject
      return true
    }
    if isNew { note((progress.subject.map { "\($0): " } ?? "") + "\(progress.stage.title)…") }
    self.progress(Double(progress.done), progress.total, detail: progress.detail)
  }

  /// Draws a bar for a training.
  func progress(_ epoch: TrainingProgress) {
    progress(Double(epoch.epoch), epoch.epochCount, detail: epoch.description)
  }

  /// Draws a bar for a training on pictures.
  func progress(_ progress: PictureTrainingProgress) {
    switch progress {
    case .views(let done, let total):
      begin("reading views of \(total) pictures")
      self.progress(Double(done), total, detail: "pictures")
    case .head(let epoch):
      begin("training the head")
      self.progress(epoch)
    case .layers(let epoch):
      begin("training layers")
      self.progress(epoch)
    }
  }

  /// Notes the beginning of a part, from which its rate counts.
  private func begin(_ part: String) {
    let isNew = state.withLock { state in
      guard state.subject != part else { return false }
      (state.subject, state.stageStart) = (part, ContinuousClock.now)
      return true
    }
    if isNew { note("\(part)…") }
  }

  /// Removes the bar.
  func end() { erase() }

  private func note(_ text: String) {
    guard !isQuiet else { return }
    erase()
    StandardError.write(text + "\n")
  }

  private func warning(_ text: String) {
    erase()
    StandardError.write("vitrine: warning: \(text)\n")
  }

  private func failure(_ failure: InputFailure) {
    erase()
    ErrorLine.write(failure.message)
  }

  /// Draws the bar, at most ten times a second, after the first second.
  private func progress(_ done: Double, _ total: Int?, detail: String) {
    guard showsBar else { return }
    let now = ContinuousClock.now
    state.withLock { state in
      let seconds = (now - state.stageStart) / .seconds(1)
      let waits = now - state.last < .milliseconds(100) && done != total.map(Double.init)
      guard now - start > .seconds(1), !waits else { return }
      let bar = Self.bar(done, total, seconds) + (detail.isEmpty ? "" : ", " + detail)
      let blank = String(repeating: " ", count: max(0, state.bar.count - bar.count))
      StandardError.write("\r" + bar + blank)
      state.bar = bar
      state.last = now
    }
  }

  private static func bar(_ done: Double, _ total: Int?, _ seconds: Double) -> String {
    let rate = done / seconds
    let speed = rate < 1 && done > 0 ? String(format: "%.1f s each", 1 / rate) : nil
    let pace = speed ?? String(format: "%.1f/s", rate)
    guard let total else { return "\(Int(done)) done, \(pace)" }
    // How long the first takes is not known before it is done.
    guard total > 0, done > 0 else { return "[\(String(repeating: "-", count: 30))] 0/\(total)" }
    let width = 30
    let filled = min(width, Int(Double(width) * done / Double(total)))
    let bar =
      String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    let left = Int(((Double(total) - done) / max(rate, 1e-9)).rounded(.up))
    let time = left >= 60 ? "\(left / 60) min \(left % 60) s" : "\(left) s"
    return "[\(bar)] \(Int(done))/\(total), \(pace), \(time) left"
  }

  private func erase() {
    state.withLock { state in
      guard !state.bar.isEmpty else { return }
      StandardError.write("\r" + String(repeating: " ", count: state.bar.count) + "\r")
      state.bar = ""
    }
  }
}

extension SpectralStudy.Progress.Stage {
  /// What is being done, for people.
  fileprivate var title: String {
    switch self {
    case .validation: "fitting both models on every division"
    case .chance: "fitting both models to exchanged labels"
    case .training: "training the network that is kept on all spectra"
    case .evidence: "explaining test spectra"
    case .writing: "drawing figures"
    }
  }
}
