import Catalogs
public import Explanations
import Foundation
import ImageData
import TensorCore

/// Runs a network on the same pictures under every preset of preprocessing: where one is right, its
/// scores are clear and its classes fit the pictures.
public struct PresetWorkflow: Sendable {
  /// The network.
  public var model: ModelSettings

  /// Files and folders.
  public var inputs: [String]

  /// Creates settings.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - inputs: Files and folders.
  public init(model: ModelSettings, inputs: [String]) {
    self.model = model
    self.inputs = inputs
  }

  /// What the network says under one preset.
  public struct Row: Codable, Sendable, Hashable {
    /// The presets that make these numbers; empty for what the network says itself.
    public let presets: [String]

    /// The numbers in a few words.
    public let numbers: String

    /// The highest score.
    public let top: RankedScore
  }

  /// One picture under all presets.
  public struct Comparison: Codable, Sendable, Hashable {
    /// The file.
    public let input: String

    /// What the network says, first as it says itself if it does, then preset by preset.
    public let rows: [Row]
  }

  /// All comparisons of a run.
  public struct Result: Codable, Sendable {
    /// The network's file.
    public let model: String

    /// One for each input that could be used, in order.
    public let comparisons: [Comparison]

    /// The inputs that could not be used.
    public let failures: [InputFailure]
  }

  /// One way to prepare pictures.
  private struct Way {
    let presets: [String]
    let numbers: String
    let source: InputSource
  }

  /// Runs the network.
  ///
  /// - Parameter reporter: Where failures and progress go.
  /// - Returns: The comparisons and failures.
  /// - Throws: What is wrong with the network or a setting; a bad input is a failure instead.
  @concurrent
  public func run(_ reporter: WorkflowReporter = WorkflowReporter()) async throws -> Result {
    let network = try model.load()
    guard network.inputs.map(InputKind.init) == [.picture] else {
      throw WorkflowError(
        .invalidSetting,
        "presets are for pictures, and \(network.name) takes "
          + network.inputs.summary)
    }
    let failures = FailureLog(reporter)
    let ways = try ways(network, failures)
    let predictor = try Predictor(network, batch: 1)
    var comparisons: [Comparison] = []
    for file in ways[0].source.chunks(of: 1) {
      try Task.checkCancellation()
      var rows: [Row] = []
      for way in ways {
        guard let set = await way.source.load(file).first,
          let input = way.source.samples(of: set, 0..<set.samples.count).first
        else { break }
        let scores = try predictor.scores([input.values])[0]
        guard scores.allSatisfy(\.isFinite) else { continue }
        rows += network.ranking(scores, count: 1).map {
          Row(presets: way.presets, numbers: way.numbers, top: $0)
        }
      }
      if !rows.isEmpty { comparisons.append(Comparison(input: file[0].path, rows: rows)) }
      reporter.progress(Double(comparisons.count), ways[0].source.count)
    }
    return Result(model: model.path, comparisons: comparisons, failures: failures.all)
  }

  /// What the network says itself, if it does, and every preset; those of equal numbers once.
  ///
  /// Failures are logged for the first only, as they are the same for all.
  private func ways(_ network: Model, _ failures: FailureLog) throws -> [Way] {
    let information = network.information
    var ways: [(presets: [String], numbers: String, information: ModelInformation)] = []
    let settings = try PictureSettings(information, shape: network.inputShape)
    if !settings.record.isAssumed {
      let entries = settings.record.entries.filter {
        ["color", "value range", "mean", "scale"].contains($0.name)
      }
      let numbers = entries.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
      ways.append(([], numbers, information))
    }
    let presets = Array(PicturePresetCatalog.entries)
    for (index, preset) in presets.enumerated() {
      guard !presets[..<index].contains(where: { $0.isEquivalent(to: preset) }) else { continue }
      let ids = presets[index...].filter { $0.isEquivalent(to: preset) }.map(\.id)
      var chosen = ModelInformation()
      chosen.preset = preset.id
      ways.append((ids, preset.numbers, information.overridden(by: chosen)))
    }
    return try ways.enumerated().map { index, way in
      let log = index == 0 ? failures : FailureLog(WorkflowReporter())
      let source = try InputSource(
        network.with(way.information), InputChoice(arguments: inputs),
        reporter: WorkflowReporter(), failures: log)
      return Way(presets: way.presets, numbers: way.numbers, source: source)
    }
  }
}
