import Evaluation
import Explanations
public import Workflows

/// What an evaluation would compute.
public struct EvaluationEstimate: Sendable, Encodable {
  /// How many inputs there are; nil where that shows only as files are read.
  public let inputCount: Int?

  /// Maps of methods and controls for each input.
  public let mapCount: Int

  /// Masked inputs that are scored for each input, at most: equal ones are scored once.
  public let passCount: Int

  /// How long one takes on this machine, as measured.
  public let secondsPerPass: Double

  /// How long all would take in minutes; nil where the number of inputs is not known.
  public let minutes: Double?

  /// The same for people.
  public var text: String {
    let inputs = inputCount.map { "\($0) inputs" } ?? "each input"
    let time = minutes.map {
      ", about \($0 < 1 ? "1 minute or less" : "\(Int($0.rounded(.up))) minutes")"
    }
    let milliseconds = Double((secondsPerPass * 10_000).rounded()) / 10
    return "\(inputs): \(mapCount) maps and at most \(passCount) masked inputs each, "
      + "\(milliseconds) ms a masked input" + (time ?? "")
  }
}

extension EvaluateWorkflow {
  /// Finds out what would be computed, and how long it would take.
  ///
  /// - Parameter reporter: Where notes and failures go.
  /// - Returns: The estimate; the first input is judged for it, and nothing is kept.
  /// - Throws: What is wrong with the network, a setting, or the first input.
  @concurrent
  public func estimate(
    _ reporter: WorkflowReporter = WorkflowReporter()
  ) async throws -> EvaluationEstimate {
    let setting = try EvaluationSetting(self, reporter)
    let failures = FailureLog(reporter)
    let source = try InputSource(
      setting.model, request.choice, reporter: reporter, failures: failures)
    let samples = try JudgedSamples(
      setting, source, failures: failures, half: half, limit: limit)
    guard let block = try await samples.next(), let pair = block.last else {
      throw WorkflowError(.unsuitableInput, "no input can be judged")
    }
    let evaluator = try SampleEvaluator(setting.plan)
    _ = try evaluator.evaluate(pair.sample, partner: pair.partner)
    let evaluated = try evaluator.evaluate(pair.sample, partner: pair.partner)
    let perPass = evaluated.seconds / Double(max(1, evaluated.passCount))
    let lanes = Double(setting.laneCount(source.count))
    return EvaluationEstimate(
      inputCount: samples.expectedCount,
      mapCount: setting.plan.methodKeys.count + setting.plan.controlKeys.count,
      passCount: evaluated.passCount, secondsPerPass: perPass,
      minutes: samples.expectedCount.map { Double($0) * evaluated.seconds / lanes / 60 })
  }
}
