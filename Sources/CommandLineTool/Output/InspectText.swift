import Explanations
import Foundation
import Workflows

/// A network as text for a terminal.
struct InspectText {
  private let result: InspectWorkflow.Result
  private let listsAll: Bool

  init(_ result: InspectWorkflow.Result, listsAll: Bool) {
    self.result = result
    self.listsAll = listsAll
  }

  /// The table and what is known beside it.
  var text: String {
    var table = TextTable([
      ("", .leading), ("index", .trailing), ("layer", .leading), ("operator", .leading),
      ("shape", .leading), ("sees", .trailing), ("every", .trailing),
      ("parameters", .trailing), ("FLOPs", .trailing),
    ])
    for layer in result.layers where listsAll || layer.isMappable {
      table.add([
        layer.isDefault ? "*" : "", "\(layer.index)", layer.name, layer.operatorType,
        Self.extents(layer.shape), Self.axes(layer.receptiveField, \.size),
        Self.axes(layer.receptiveField, \.stride),
        layer.parameterCount == 0 ? "" : Self.short(layer.parameterCount),
        Self.short(layer.operationCount),
      ])
    }
    return table.text + "\n\n" + summary
  }

  private var summary: String {
    let hidden = listsAll ? 0 : result.layers.count { !$0.isMappable }
    var lines = [
      "\(result.layers.count) layers"
        + (hidden > 0 ? " (\(hidden) without a map are not listed; --all lists them)" : ""),
      "\(Self.short(result.parameterCount)) parameters, \(Self.short(result.operationCount)) FLOPs "
        + "for one input",
      inputs,
    ]
    lines += result.outputs.map(text)
    lines.append(
      "\(result.scoreCount) scores (\(behind)), \(result.labelCount) labels"
        + (result.origins["labels"].map { " (\($0))" } ?? ""))
    let known = result.preprocessing.sorted { $0.key < $1.key }.map { key, value in
      "\(key) \(value)" + (result.origins[key].map { " (\($0))" } ?? "")
    }
    lines.append(
      known.isEmpty
        ? "nothing is known about preprocessing" : "known: " + known.joined(separator: "; "))
    return lines.joined(separator: "\n")
  }

  private var inputs: String {
    let texts = result.inputs.map { input in
      let isMoved = input.shape != input.fileShape && input.shape != [1] + input.fileShape
      let file = isMoved ? " (in the file \(Self.extents(input.fileShape)))" : ""
      let name = result.inputs.count == 1 ? "" : input.name + " "
      return name + Self.extents(input.shape) + file
    }
    return (texts.count == 1 ? "input " : "inputs ") + texts.joined(separator: ", ")
      + (result.fixedBatch.map { ", always \($0) at once" } ?? "")
  }

  private var behind: String {
    result.activation == "none" ? "raw" : "raw, then \(result.activation)"
  }

  /// An output in a line; the one that is explained is marked where there are several.
  private func text(_ output: InspectWorkflow.OutputEntry) -> String {
    let end = output.activation == "none" ? "" : ", " + output.activation
    let isMarked = result.outputs.count > 1 && output.name == result.output
    return "output \(output.name) \(Self.extents(output.shape)): \(output.role.rawValue)\(end)"
      + (isMarked ? " (explained)" : "")
  }

  private static func extents(_ shape: [Int]) -> String {
    shape.map(String.init).joined(separator: "×")
  }

  /// One number when both axes agree.
  private static func axes(
    _ fields: [ReceptiveField]?, _ part: KeyPath<ReceptiveField, Double>
  ) -> String {
    guard let fields, !fields.isEmpty else { return "" }
    let texts = fields.map { String(format: "%g", $0[keyPath: part]) }
    return Set(texts).count == 1 ? texts[0] : texts.joined(separator: "×")
  }

  /// A count with three digits and a unit.
  private static func short(_ count: Int) -> String {
    let units = [(1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")]
    for (size, unit) in units where count >= size {
      let value = Double(count) / Double(size)
      return String(format: value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value)
        + " " + unit
    }
    return "\(count)"
  }
}
