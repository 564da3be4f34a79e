import Evaluation
import ExplanationQuality
import Explanations
import Foundation
import Synchronization
import TensorCore
import Workflows

/// The inputs of an evaluation in blocks, with what the network says of them and what is explained.
final class JudgedSamples {
  /// How many inputs there will be, where that is known.
  let expectedCount: Int?

  private let setting: EvaluationSetting
  private let stream: SampleStream
  private let predictor: Predictor
  private let failures: FailureLog
  private let half: EvaluationHalf?
  private var room: Int
  private var omitted = Omissions()
  /// The last inputs of two classes, the latest first.
  private var earlier: [EvaluationSample] = []
  /// The last input of each of the latest classes, the latest first; none where nobody asks.
  private var latest: [EvaluationSample] = []

  private static let latestCount = 64

  /// Why inputs were left out.
  private struct Omissions {
    var unlabeled = 0
    var wrong = 0
    var untrue = 0
  }

  /// Begins to read.
  init(
    _ setting: EvaluationSetting, _ source: InputSource, failures: FailureLog,
    half: EvaluationHalf? = nil, limit: Int?
  ) throws {
    self.setting = setting
    self.failures = failures
    self.half = half
    room = limit ?? .max
    expectedCount = source.total(0, done: 0).map { total in
      min(half == nil ? total : (total + 1) / 2, limit ?? .max)
    }
    stream = SampleStream(source, size: EvaluationRun.blockSize)
    predictor = try Predictor(setting.model)
  }

  /// The next block; nil after the last.
  func next() async throws -> [EvaluationRun.Pair]? {
    while room > 0, let part = await stream.next() {
      var block: [EvaluationRun.Pair] = []
      for prepared in part.samples where room > 0 {
        guard let sample = try sample(prepared) else { continue }
        let companion = latest.first { $0.classIndex == sample.classIndex }
        block.append(
          EvaluationRun.Pair(sample, partner: partner(of: sample), companion: companion))
        if setting.plan.usesChannelWeights {
          latest.removeAll { $0.classIndex == sample.classIndex }
          latest = Array(([sample] + latest).prefix(Self.latestCount))
        }
        earlier.removeAll { $0.classIndex == sample.classIndex }
        earlier = Array(([sample] + earlier).prefix(2))
        room -= 1
      }
      if !block.isEmpty { return block }
    }
    return nil
  }

  /// The input whose maps are controls: the last one of another class; in pictures, where things of one
  /// class stand in different places, else the last one.
  private func partner(of sample: EvaluationSample) -> EvaluationSample? {
    earlier.first { $0.classIndex != sample.classIndex }
      ?? (setting.plan.positions.count > 1 ? earlier.first : nil)
  }

  private func sample(_ prepared: PreparedSample) throws -> EvaluationSample? {
    let own = try prepared.half
    if let half, own != half { return nil }
    let scores = try predictor.scores([prepared.values])[0]
    if let value = scores.first(where: { !$0.isFinite }) {
      failures.add(InputFailure(prepared.path, prepared.overflow(value)))
      return nil
    }
    let ranking = Target.ranking(scores)
    let label = prepared.label.flatMap { name in
      (0..<setting.model.scoreCount).first { setting.model.label($0) == name }
    }
    let truth: SampleTruth?
    do {
      truth = try setting.truth?.truth(of: prepared)
    } catch {
      failures.add(InputFailure(prepared.path, error))
      return nil
    }
    guard let explained = explained(ranking, label: label, truth) else { return nil }
    var weights = [Float](repeating: 0, count: scores.count)
    var title = "what is explained"
    if let explained = explained.index {
      weights[explained] = 1
      title = setting.model.label(explained)
    } else if let target = setting.plan.explanations.targets.first {
      weights = target.weights(scores)
      title = setting.title
    }
    return EvaluationSample(
      name: prepared.path, row: prepared.row, digest: try prepared.digest,
      inputs: prepared.values, label: label, weights: weights, classIndex: explained.index,
      target: title, predicted: ranking[0],
      rivalIndex: explained.index.flatMap { index in ranking.first { $0 != index } },
      truth: explained.index.flatMap { truth?.region(of: $0) }, half: own)
  }

  /// What is explained of an input.
  private enum Explained {
    /// One class.
    case `class`(Int)
    /// The target that the user named.
    case own

    var index: Int? {
      if case .class(let index) = self { index } else { nil }
    }
  }

  /// What is explained of an input; nil where it is left out.
  private func explained(
    _ ranking: [Int], label: Int?, _ truth: SampleTruth?
  ) -> Explained? {
    switch setting.subject {
    case nil: return .own
    case .top: return .class(ranking[0])
    case .label:
      guard let label else {
        omitted.unlabeled += 1
        return nil
      }
      guard label == ranking[0] else {
        omitted.wrong += 1
        return nil
      }
      return .class(label)
    case .truth:
      guard let truth, let index = ranking.first(where: truth.marks),
        truth.region(of: index) != nil
      else {
        omitted.untrue += 1
        return nil
      }
      return .class(index)
    }
  }

  /// Says how many inputs were left out, and why.
  func announceOmissions(_ reporter: WorkflowReporter) {
    if omitted.unlabeled > 0 {
      reporter.warning(
        "\(omitted.unlabeled) inputs have no label of the network, and were left out")
    }
    if omitted.wrong > 0 {
      reporter.note(
        "note: \(omitted.wrong) inputs, which the network takes for another class than their label, were left "
          + "out")
    }
    if omitted.untrue > 0 {
      reporter.warning(
        "\(omitted.untrue) inputs hold nothing that truth marks and the network knows, and were left out"
      )
    }
  }
}

extension PreparedSample {
  /// The half of all inputs that it belongs to: of a picture by its file, of rows of a file by their numbers.
  fileprivate var half: EvaluationHalf {
    get throws {
      guard row == nil, case .picture = main.display else {
        return EvaluationHalf(digest: try digest)
      }
      return EvaluationHalf(digest: try ModelDigest.sha256(of: URL(fileURLWithPath: path)))
    }
  }

  /// What tells its numbers from others.
  fileprivate var digest: String {
    get throws {
      let bytes = values.sorted { $0.key < $1.key }
        .flatMap { [UInt8](littleEndian: $0.value.elements) }
      return String(try ModelDigest.sha256(of: Data(bytes)).prefix(32))
    }
  }
}
