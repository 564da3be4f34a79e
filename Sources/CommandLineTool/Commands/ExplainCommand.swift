import ArgumentParser
import Explanations
import Figures
import Foundation
import StudyWorkflows
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
        vitrine explain network.onnx photographs --layer 12,default --formats png
        vitrine explain plastics.onnx spectra.csv --preprocess snv --unit cm-1

      Of several pictures it keeps a record too, run.jsonl, with which --resume goes on after a run \
      that was stopped; of more than 12 a page that shows all of them, index.html. Folders without \
      pictures of their own stand for the folders in them, which the results are sorted into.

        vitrine explain network.onnx photographs -o maps --resume

      Of more than 24 spectra it writes one summary instead: all maps as NumPy arrays and, if they \
      are not too many, as a table, a table of predictions, the mean map of each class with its \
      deviation, a picture of all of them, and a figure of the first spectrum of each class. Classes \
      are those of a label column, else the explained ones. --average writes it for fewer, --each (or \
      naming --formats) files for each spectrum.

        vitrine explain meat.onnx hundred.csv --average -o maps

      Where the mean map of a class stands out, or where maps grow with a predicted quantity, is printed \
      and written as a table of bands: the peak ± how exactly it is known, the width, the share of the \
      evidence, and the share of spectra whose own maps have the band. Of a map of a sample (WDF, ENVI, tables with places) a picture shows the \
      class at each place beside the mean evidence of each class.

      Of several inputs each is given by its name: a file, numbers, zeros or ones. A table has a row \
      for each sample and a column for each input. Each input has a map of its own.

        vitrine explain change.onnx before=a.png after=b.png
        vitrine explain lesion.onnx image=mole.jpg numbers=0.63,0,1,0,0,1
        vitrine explain change.onnx --table pairs.csv --map-input after

      Arrays (.npy, .npz) are taken as they are, with or without an axis of samples.

      A network brings its preprocessing along if Vitrine trained it: spectra on another axis are \
      converted and interpolated to that of the training spectra, then prepared as these were.
      """)

  @OptionGroup var model: ModelOptions

  @OptionGroup(title: "Inputs") var samples: SampleOptions

  @OptionGroup(title: "Inputs") var mapInputs: MapInputOptions

  @OptionGroup(title: "Explanation") var explanation: ExplanationOptions

  @Option(
    name: [.customShort("o"), .customLong("folder")], help: "Folder for the files.",
    completion: .directory)
  var folder = "explanations"

  @Option(help: "What is written, several with commas; svg and csv of spectra only.")
  var formats: CommaSeparated<ExplainWorkflow.Format>?

  @Flag(help: "Write files for each spectrum, however many there are.")
  var each = false

  @Flag(
    help: "Write a summary of all spectra: mean map and deviation of each class, and all maps.")
  var average = false

  @Flag(
    help: """
      Leave pictures alone that a run with the same settings has explained in the folder for files, \
      such as one that was stopped.
      """)
  var resume = false

  @Option(
    help: """
      The folder of an evaluation of this network ("vitrine evaluate"): figures say which maps were no \
      better there than maps that know nothing. The folder "evaluation" is looked at unasked.
      """,
    completion: .directory)
  var evaluation: String?

  @OptionGroup var running: RunOptions

  @Flag(
    help: """
      Say where the relevance of the maps went, layer by layer: passed on, or absorbed by biases, \
      stabilizers and dead units.
      """)
  var ledger = false

  @Flag(
    help: """
      Say which channels of a layer weigh most in maps that weigh channels, and keep the weights of all \
      in the arrays; those of relevance-cam:contrast=one-hot are the relevance that passes each channel, \
      of which through=LAYER@CHANNELS shows one.
      """)
  var channels = false

  @OptionGroup(title: "Preparation") var preparation: PreparationOptions

  @Flag(help: "Write one JSON document about the files to standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Write nothing but results, warnings and errors.")
  var quiet = false

  func execute() async throws {
    let console = Console(isQuiet: quiet)
    let result = try await workflow().run(console.reporter)
    console.finish(result.inputs.count)
    if json {
      try JSONOutput.write(result)
    } else {
      for input in result.inputs {
        if input.explanations.contains(where: { !$0.files.isEmpty }) { print(Self.text(input)) }
        if channels { print(ChannelText(input).text) }
        if ledger { print(LedgerText(input).text) }
      }
      for summary in result.summaries { print(SummaryText(summary).text) }
      for text in result.bands.map({ BandText($0).text }) where !text.isEmpty { print(text) }
      if let index = result.index { print("all pictures -> \(index)") }
    }
    if !result.failures.isEmpty { throw ExitCode(1) }
  }

  private func workflow() throws -> ExplainWorkflow {
    let request = try explanation.request(model, preparation, samples, mapInputs, running)
    var workflow = ExplainWorkflow(request)
    workflow.hasLedger = ledger
    workflow.ranksChannels = channels
    workflow.bands = BandFinder.study
    workflow.resumes = resume
    workflow.evaluation = evaluation
    workflow.nearbyEvaluation = "evaluation"
    workflow.folder = folder
    workflow.replacesFiles = running.force
    workflow.formats = formats.map { Set($0.values) }
    workflow.arrangement =
      average ? (each ? .both : .summary) : each ? .each : .automatic
    return workflow
  }

  private static func text(_ input: ExplainedInput) -> String {
    let name = input.input + (input.row.map { ", row \($0)" } ?? "")
    // Explanations of several inputs may share a figure.
    var files: Set<String> = []
    let shown = input.explanations.filter {
      $0.files.first.map { files.insert($0).inserted } ?? true
    }
    return shown.map { explanation in
      let score =
        explanation.probability.map { String(format: "%.1f %%", $0 * 100) }
        ?? String(format: "%.4g", explanation.explainedScore)
      let note = explanation.isEmpty ? ", nothing to show" : ""
      let file = explanation.files.first ?? ""
      return "\(name): \(explanation.target) (\(score)\(note)) -> \(file)"
    }.joined(separator: "\n")
  }
}
