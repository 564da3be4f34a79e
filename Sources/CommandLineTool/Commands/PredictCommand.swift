import ArgumentParser
import Explanations
import Foundation
import Workflows

/// The command `vitrine predict`.
struct PredictCommand: WaitingCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Says what a network sees in files.",
    discussion: """
      Ranks the scores of every picture, or of every spectrum in a file (CSV, JCAMP-DX, SPC, npz…). Folders stand for \
      the files in them.

        vitrine predict network.onnx cat.png --top 3
        vitrine predict network.onnx photographs --json > scores.json
        vitrine predict plastics.onnx spectra.csv --preprocess snv

      Where nobody says how pictures are scaled, the scores tell: the right preset is sure of the \
      right classes.

        vitrine predict network.onnx cat.png --presets
      """)

  @OptionGroup var model: ModelOptions

  @OptionGroup(title: "Inputs") var samples: SampleOptions

  @Flag(help: "Set what the network says under every preset of preprocessing side by side.")
  var presets = false

  @Option(help: "How many of the highest scores are given.")
  var top = 5

  @Option(help: "Inputs that run at once; chosen by their size if not given.")
  var batch: Int?

  @OptionGroup(title: "Preparation") var preparation: PreparationOptions

  @Flag(help: "Write one JSON document instead of a table.")
  var json = false

  @Flag(name: .shortAndLong, help: "Write nothing but results and errors.")
  var quiet = false

  func validate() throws {
    if top < 1 { throw ValidationError("--top must be at least 1.") }
    if let batch, !(1...4096).contains(batch) {
      throw ValidationError("--batch must lie in 1…4096.")
    }
  }

  func execute() async throws {
    let console = Console(isQuiet: quiet)
    if presets { return try await comparePresets(console) }
    var workflow = PredictWorkflow(
      model: try model.settings(preparation.information()), inputs: samples.inputs, top: top,
      unit: preparation.unit?.axisUnit, batch: batch)
    workflow.table = samples.table
    let result = try await workflow.run(console.reporter)
    console.finish(result.predictions.count)
    if json {
      try JSONOutput.write(result)
    } else if !result.predictions.isEmpty {
      print(Self.text(result))
    }
    if !result.failures.isEmpty { throw ExitCode(1) }
  }

  private func comparePresets(_ console: Console) async throws {
    let workflow = PresetWorkflow(
      model: try model.settings(preparation.information()), inputs: samples.inputs)
    let result = try await workflow.run(console.reporter)
    console.finish(result.comparisons.count)
    if json {
      try JSONOutput.write(result)
    } else if !result.comparisons.isEmpty {
      print(PresetText(result).text)
    }
    if !result.failures.isEmpty { throw ExitCode(1) }
  }

  private static func text(_ result: PredictWorkflow.Result) -> String {
    result.predictions.map { prediction in
      let heading = prediction.input + (prediction.row.map { ", row \($0)" } ?? "")
      let lines = prediction.top.map { entry in
        let probability = entry.probability.map { String(format: "%6.2f %%  ", $0 * 100) } ?? ""
        let place = entry.position.map { at in
          "  at " + at.map(String.init).joined(separator: ",")
        }
        let share = entry.share.map { String(format: ", best at %.1f %% of positions", $0 * 100) }
        return "  " + probability + String(format: "%10.4f  ", entry.score) + entry.label
          + (place ?? "") + (share ?? "")
      }
      let text = prediction.text.map { ["  text: \($0)"] } ?? []
      return ([heading] + text + lines).joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
