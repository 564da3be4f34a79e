public import Explanations
import Foundation

/// What an evaluation of a network found about maps, for figures of single ones.
public struct MapVerdicts: Codable, Hashable, Sendable {
  /// What an evaluation calls the file.
  public static let fileName = "verdicts.json"

  /// What was found about the maps of one method at one layer.
  public struct Verdict: Codable, Hashable, Sendable {
    /// The id of the method.
    public let method: String

    /// The settings of the method that are not the standard ones, `name=value` with commas.
    public let settings: String

    /// The name of the layer; nil for the input.
    public let layer: String?

    /// Whether the maps surpass all maps that know nothing, by every metric that was decided upon.
    public let surpassesControls: Bool

    /// The same in a few words.
    public let words: String

    /// Notes a verdict.
    public init(
      method: String, settings: String, layer: String?, surpassesControls: Bool, words: String
    ) {
      self.method = method
      self.settings = settings
      self.layer = layer
      self.surpassesControls = surpassesControls
      self.words = words
    }
  }

  /// The SHA-256 of the network's file.
  public let modelDigest: String

  /// The verdicts.
  public let verdicts: [Verdict]

  /// Notes verdicts.
  public init(modelDigest: String, verdicts: [Verdict]) {
    self.modelDigest = modelDigest
    self.verdicts = verdicts
  }

  /// Reads the verdicts of an evaluation.
  ///
  /// - Parameter folder: The folder of the evaluation.
  /// - Throws: `WorkflowError` when there is none, or it cannot be read.
  public init(folder: String) throws(WorkflowError) {
    let url = URL(fileURLWithPath: folder).appending(path: Self.fileName)
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    } catch {
      throw WorkflowError(
        .unreadable,
        "\(url.relativePath): not the verdicts of an evaluation; \"vitrine evaluate\" writes them")
    }
  }

  /// What was found about the maps of a method at a layer.
  ///
  /// - Parameters:
  ///   - method: The method with its settings.
  ///   - layer: The layer; nil for the input.
  /// - Returns: Nil where they were not judged.
  public func verdict(of method: ChosenMethod, at layer: Layer?) -> Verdict? {
    verdicts.first {
      $0.method == method.method.id && $0.settings == method.changedSettings
        && $0.layer == layer?.name
    }
  }
}

extension ExplainWorkflow {
  /// What is known of the maps that are made, by an evaluation of this network.
  ///
  /// - Parameters:
  ///   - plan: The maps.
  ///   - digest: That of the network's file.
  ///   - reporter: Told when the one that was named says nothing of the maps.
  /// - Returns: Nil where there is none nearby.
  /// - Throws: `WorkflowError` where the one that was named is none, or of another network.
  func verdicts(
    for plan: ExplanationPlan, digest: String, _ reporter: WorkflowReporter
  ) throws(WorkflowError) -> MapVerdicts? {
    if let evaluation {
      let verdicts = try MapVerdicts(folder: evaluation)
      guard verdicts.modelDigest == digest else {
        throw WorkflowError(
          .invalidSetting,
          "\(evaluation) is an evaluation of another network than \(request.model.path)")
      }
      if plan.items.allSatisfy({ verdicts.verdict(of: $0.method, at: $0.layer) == nil }) {
        reporter.note(
          "note: \(evaluation) says nothing of these maps: it did not judge them, or on fewer than 20 inputs"
        )
      }
      return verdicts
    }
    guard let nearbyEvaluation, let verdicts = try? MapVerdicts(folder: nearbyEvaluation),
      verdicts.modelDigest == digest
    else { return nil }
    return verdicts
  }
}
