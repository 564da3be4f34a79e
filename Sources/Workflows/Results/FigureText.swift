import Explanations
import Foundation

/// What is written on the figure of an explanation.
struct FigureText {
  /// The class and its probability, or the measured value.
  let title: String

  /// Method, layer and network.
  let subtitle: String

  /// What the values of the map are.
  let valueLabel: String

  init(
    _ explanation: Explanation, model: Model, plan: ExplanationPlan, input: PreparedInput,
    preparation: PreparationRecord, verdict: MapVerdicts.Verdict? = nil
  ) {
    let note = explanation.isEmpty ? " \u{2014} no position above zero" : ""
    title = Self.title(explanation, model) + note
    let whole = model.inputs.count == 1 ? "input" : "input " + explanation.input.name
    let place = explanation.layer.map { FileNames.short(layer: $0.name) } ?? whole
    let parts = [
      explanation.method.title, place, verdict?.words,
      Self.source(model, input, preparation),
    ]
    subtitle = parts.compactMap(\.self).joined(separator: " \u{B7} ")
    valueLabel = explanation.method.method.title
  }

  /// The target and its probability, its score where nothing says that it stands for one, or the
  /// measured value.
  static func title(_ explanation: Explanation, _ model: Model) -> String {
    let name = explanation.targetTitle
    if let probability = explanation.probability {
      return "\(name) \u{2014} " + percent(probability)
    }
    let isScore = explanation.classIndex != nil && model.output.role != .values
    return name + (isScore ? " \u{2014} score " : ": ")
      + String(format: "%.4g", explanation.explainedScore)
      .replacingOccurrences(of: "-", with: "\u{2212}")
  }

  /// The network and the input, and whether its preparation was assumed.
  static func source(
    _ model: Model, _ input: PreparedInput, _ preparation: PreparationRecord
  ) -> String {
    let row = input.row.map { " row \($0)" + (input.spectrumName.map { " (\($0))" } ?? "") } ?? ""
    let file = input.path.split(separator: "/").last.map(String.init) ?? input.path
    let part = input.shownPart.map { " \u{B7} " + $0 } ?? ""
    let isDoubtful = if case .picture = input.display { preparation.isAssumed } else { false }
    let doubt = isDoubtful ? " \u{B7} preprocessing assumed" : ""
    return modelName(model) + " \u{B7} " + file + row + part + doubt
  }

  /// The file of the network, or its folder when the file is only called `model`.
  static func modelName(_ model: Model) -> String {
    let end = model.name.lastIndex(of: ".") ?? model.name.endIndex
    let name = end == model.name.startIndex ? model.name : String(model.name[..<end])
    let folder = model.url?.deletingLastPathComponent().lastPathComponent
    return name == "model" ? folder ?? name : name
  }

  /// A probability in percent; small ones keep a digit that is not zero.
  static func percent(_ probability: Float) -> String {
    let percent = Double(probability) * 100
    if percent >= 0.1 || percent == 0 { return String(format: "%.1f\u{A0}%%", percent) }
    return String(format: "%.1g\u{A0}%%", percent)
  }
}
