import Catalogs
import Evaluation
import ExplanationQuality
import Explanations
import Workflows

/// What maps are called in tables, figures and sentences.
struct MapNames: Sendable {
  private let layers: [String: String]

  /// Takes short names of layers, as far as these are not confused.
  init(_ record: EvaluationRecord) {
    var names: [String] = []
    for key in record.methods + record.controls {
      if let layer = key.layer, !names.contains(layer) { names.append(layer) }
    }
    layers = Dictionary(
      zip(names, FileNames.heads(layers: names)), uniquingKeysWith: { first, _ in first })
  }

  /// The method or control without its layer.
  func head(_ key: MapKey) -> String {
    let settings = key.settings.isEmpty ? "" : " (\(key.settings))"
    switch key.control {
    case nil: return key.method + settings
    case .blind: return ControlCatalog.entries[key.method]?.title ?? key.method
    case .activations: return "Sum of activations"
    case .anotherInput: return "\(key.method)\(settings) of another input"
    }
  }

  /// The layer; nil for the input.
  func layer(_ key: MapKey) -> String? { key.layer.map { layers[$0] ?? $0 } }

  /// The method or control with its layer, where there is one.
  func full(_ key: MapKey) -> String {
    layer(key).map { "\(head(key)) at \($0)" } ?? head(key)
  }
}
