import ArgumentParser
import Explanations
import Figures
import Foundation
import GraphExecution
import Workflows

/// The command `vitrine explain`.
struct ExplainCommand: WaitingCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows where a network looks, and writes pictures and numbers of it.",
    discussion: """
      Writes for each input, method, layer and target a figure (PNG; SVG too for spectra), the map \
      as NumPy arrays (.npz) and how it was made (.json).

        vitrine explain network.onnx cat.png --method grad-cam -o maps
        vitrine explain network.onnx cat.png --target "tiger cat" --target "tiger cat-vs-tabby"
        vitrine explain network.onnx photographs --layer 12 --layer default --formats png
        vitrine explain plastics.onnx spectra.csv --preprocess snv --unit cm-1
      """)

  @OptionGroup var model: ModelOptions

  @Argument(
    help: "Pictures, files of spectra (CSV, JCAMP-DX, SPC, npz…), or folders of them.",
    completion: .file())
  var inputs: [String]

  @OptionGroup(title: "Explanation") var explanation: ExplanationOptions

  @Option(name: .shortAndLong, help: "Folder for the files.", completion: .directory)
  var output = "explanations"

  @Option(help: "Colors of maps without negative values: turbo or jet.")
  var colors = "turbo"

  @Option(help: "What is written, with commas: png, svg, npz, json.")
  var formats: String?

  @Option(help: "Inputs that run at once; chosen by their size if not given.")
  var batch: Int?

  @Option(
    help: ArgumentHelp(
      "Numbers that convolutions compute with: float32, direct-float32 (without Winograd's "
        + "algorithm: rounds less, needs less memory, is slower) or bfloat16."),
    transform: Choice.named)
  var precision = ProgramOptions.Precision.float32

  @Flag(
    help: """
      Say where the relevance of the maps went, layer by layer: passed on, or absorbed by biases, \
      stabilizers and dead units.
      """)
  var ledger = false

  @OptionGroup(title: "Preparation") var preparation: PreparationOptions

  @Flag(help: "Write one JSON document about the files to standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Write nothing but results, warnings and errors.")
  var quiet = false

  func validate() throws {
    guard ["turbo", "jet"].contains(colors) else {
      throw ValidationError("--colors is turbo or jet, not \"\(colors)\".")
    }
    if let batch, !(1...4096).contains(batch) {
      throw ValidationError("--batch must lie in 1…4096.")
    }
    _ = try chosenFormats()
  }

  func execute() async throws {
    let console = Console(isQuiet: quiet)
    let result = try await workflow().run(console.reporter)
    console.finish(result.inputs.count)
    if json {
      try JSONOutput.write(result)
    } else {
      for input in result.inputs {
        print(Self.text(input))
        if ledger { print(LedgerText(input).text) }
      }
    }
    if !result.failures.isEmpty { throw ExitCode(1) }
  }

  private func workflow() throws -> ExplainWorkflow {
    var workflow = ExplainWorkflow(
      model: try model.settings(preparation.information()), inputs: inputs,
      methods: try explanation.methods())
    workflow.layers = explanation.layers
    workflow.targets = explanation.target
    workflow.form = explanation.score
    workflow.upsampling = explanation.upsampling
    workflow.hasLedger = ledger
    workflow.folder = output
    workflow.colorMap = colors == "jet" ? .jet : .turbo
    workflow.formats = try chosenFormats()
    workflow.batch = batch
    workflow.precision = precision
    workflow.unit = try preparation.axisUnit()
    return workflow
  }

  private func chosenFormats() throws -> Set<ExplainWorkflow.Format> {
    guard let formats else { return Set(ExplainWorkflow.Format.allCases) }
    let names = formats.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let chosen = names.compactMap(ExplainWorkflow.Format.init)
    guard !chosen.isEmpty, chosen.count == names.count else {
      throw ValidationError("--formats takes png, svg, npz and json with commas between.")
    }
    return Set(chosen)
  }

  private static func text(_ input: ExplainedInput) -> String {
    let name = input.input + (input.row.map { ", row \($0)" } ?? "")
    return input.explanations.map { explanation in
      let score =
        explanation.probability.map { String(format: "%.1f %%", $0 * 100) }
        ?? String(format: "%.4g", explanation.explainedScore)
      let note = explanation.isEmpty ? ", nothing to show" : ""
      let file = explanation.files.first ?? ""
      return "\(name): \(explanation.target) (\(score)\(note)) -> \(file)"
    }.joined(separator: "\n")
  }
}
