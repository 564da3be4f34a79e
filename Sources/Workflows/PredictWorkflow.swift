public import Explanations
import Foundation
public import SpectralData
import TensorCore

/// Runs a network on files and ranks its scores.
public struct PredictWorkflow: Sendable {
  /// The network.
  public var model: ModelSettings

  /// Files and folders, or `name=file` and `name=numbers` for inputs by their names.
  public var inputs: [String]

  /// A table that says what the inputs of each sample are, instead of all these.
  public var table: String?

  /// How many of the highest scores are given.
  public var top: Int

  /// What positions of spectra are measured in, where their files do not say.
  public var unit: AxisUnit?

  /// How many inputs run at once; nil chooses by their size.
  public var batch: Int?

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - inputs: Files and folders.
  ///   - top: How many of the highest scores are given.
  ///   - unit: What positions of spectra are measured in.
  ///   - batch: How many inputs run at once.
  public init(
    model: ModelSettings, inputs: [String], top: Int = 5, unit: AxisUnit? = nil, batch: Int? = nil
  ) {
    self.model = model
    self.inputs = inputs
    self.top = top
    self.unit = unit
    self.batch = batch
  }

  /// What the network says about one input.
  public struct Prediction: Codable, Sendable, Hashable {
    /// The file.
    public let input: String

    /// The row of the file, from 0, when it holds several inputs.
    public let row: Int?

    /// The highest scores.
    public let top: [RankedScore]

    /// What the scores read as, where the output is text.
    public let text: String?
  }

  /// All predictions of a run.
  public struct Result: Codable, Sendable {
    /// The network's file.
    public let model: String

    /// The output that the scores are of.
    public let output: String

    /// One for each input that could be used, in order.
    public let predictions: [Prediction]

    /// The inputs that could not be used.
    public let failures: [InputFailure]
  }

  /// Runs the network.
  ///
  /// - Parameter reporter: Where notes, failures and progress go.
  /// - Returns: The predictions and failures.
  /// - Throws: What is wrong with the network or a setting; a bad input is a failure instead.
  @concurrent
  public func run(_ reporter: WorkflowReporter = WorkflowReporter()) async throws -> Result {
    let choice = InputChoice(
      arguments: inputs, table: table, settings: InputSettings(unit: unit))
    let network = try model.load(for: choice)
    network.announceOutput(model.output, reporter)
    let failures = FailureLog(reporter)
    let source = try InputSource(
      network, choice, reporter: reporter, failures: failures)
    let size = batch ?? (source.count == 1 ? 1 : Explainer.preferredBatch(for: network))
    let predictor = try Predictor(network, batch: size)
    var predictions: [Prediction] = []
    let samples = SampleStream(source, size: size)
    while let part = await samples.next() {
      try Task.checkCancellation()
      let rows = try predictor.scores(part.samples.map(\.values))
      for (input, scores) in zip(part.samples, rows) {
        if let value = scores.first(where: { !$0.isFinite }) {
          failures.add(InputFailure(input.path, input.overflow(value)))
          continue
        }
        predictions.append(
          Prediction(
            input: input.path, row: input.row, top: network.ranking(scores, count: max(1, top)),
            text: network.text(scores)))
      }
      let total = source.total(predictions.count + part.waitingCount, done: part.entryCount)
      reporter.progress(Double(predictions.count), total)
    }
    return Result(
      model: model.path, output: network.output.name, predictions: predictions,
      failures: failures.all)
  }
}
