import Catalogs
import Explanations
import Figures
import Foundation
import GraphExecution

/// Everything besides the files that the results of a run depend on, as texts.
struct RunSettings: Codable, Hashable, Sendable {
  /// A text for each setting.
  let settings: [String: String]

  /// Collects the settings of explanations.
  ///
  /// - Parameters:
  ///   - request: What is explained, how and where.
  ///   - plan: The plan that was made of it.
  ///   - model: The network with what is known about it.
  ///   - digest: The SHA-256 of the network's file.
  ///   - preparation: How inputs are prepared.
  ///   - formats: What is written.
  init(
    _ request: ExplanationRequest, _ plan: ExplanationPlan, _ model: Model, digest: String,
    preparation: PreparationRecord, formats: Set<ExplainWorkflow.Format>
  ) {
    settings = [
      "version": VitrineVersion.text,
      "model": digest,
      "knowledge of the network": Self.text(model.information),
      "preparation": Self.text(preparation),
      "methods": plan.methods.map(Self.text).joined(separator: ", "),
      "layers": plan.layers.map(\.name).joined(separator: ", "),
      "targets": request.targets.joined(separator: ", "),
      "output": "\(request.model.output)",
      "score": plan.form.rawValue,
      "upsampling": plan.upsampling.rawValue,
      "precision": request.precision.rawValue,
      "colors": request.colorMap.rawValue,
      "ledger": plan.hasLedger ? "true" : "false",
      "channels": plan.keepsChannelWeights ? "true" : "false",
      "formats": formats.map(\.rawValue).sorted().joined(separator: ","),
    ]
  }

  /// The names of settings whose values are not those of other settings, sorted.
  func differences(from other: RunSettings) -> [String] {
    Set(settings.keys).union(other.settings.keys).filter { settings[$0] != other.settings[$0] }
      .sorted()
  }

  private static func text(_ chosen: ChosenMethod) -> String {
    let texts = chosen.settings.texts.sorted { $0.key < $1.key }
    return chosen.method.id + texts.map { " \($0.key)=\($0.value)" }.joined()
  }

  private static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
