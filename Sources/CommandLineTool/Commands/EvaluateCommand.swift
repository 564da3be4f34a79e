import ArgumentParser
import Evaluation
import EvaluationWorkflows
import ExplanationQuality
import Explanations
import Foundation
import Workflows

/// The command `vitrine evaluate`.
struct EvaluateCommand: WaitingCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measures which maps may be believed, with intervals, beside maps that know nothing.",
    discussion: """
      Explains every input by every method at every layer, hides and shows what the maps mark, \
      compares them with what is known of the inputs, and writes a page (report.html), tables for \
      spreadsheets, R and pandas, and a store from which everything can be told again.

        vitrine evaluate network.onnx photographs --methods grad-cam,relevance-map --layers stages
        vitrine evaluate network.onnx photographs --truth boxes.csv -o evaluation
        vitrine evaluate plastics.onnx spectra.csv --truth bands.csv --band-tolerance 8

      Truth is a table of boxes, COCO JSON, a folder of VOC XML or YOLO files, a folder of masks (PNG), \
      or a table of bands. With truth of pictures the class of what is marked is explained, of several \
      the one that the network prefers; else the class with the highest score.

      Beside the methods stand maps that know nothing of the network: random orders, a spot in the \
      middle, edges, sums of activations, and each method's own map of another input. A map that is not \
      better at 95 % is marked.

      The same command goes on where it was stopped. Another method, metric or input computes only what \
      is missing. --until 2 ends once primary differences are known to ± 2 points.

      "vitrine metrics" lists what maps are judged by:

        vitrine evaluate network.onnx photographs --metrics insertion,drop:mask=soft:fill=zero,road
        vitrine evaluate network.onnx photographs --list
      """)

  @OptionGroup var model: ModelOptions

  @OptionGroup(title: "Inputs") var samples: SampleOptions

  @OptionGroup(title: "Inputs") var mapInputs: MapInputOptions

  @OptionGroup(title: "Explanation") var explanation: ExplanationOptions

  @OptionGroup(title: "Evaluation") var judging: JudgingOptions

  @Option(
    name: [.customShort("o"), .customLong("folder")], help: "Folder for the store and the page.",
    completion: .directory)
  var folder = "evaluation"

  @OptionGroup var running: RunOptions

  @OptionGroup(title: "Preparation") var preparation: PreparationOptions

  @Flag(help: "Say what would be computed and how long it takes, and compute nothing.")
  var list = false

  @Flag(help: "Compute nothing, and tell again what the folder's store holds.")
  var reportOnly = false

  @Flag(help: "Write one JSON document to standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Write nothing but results, warnings and errors.")
  var quiet = false

  func execute() async throws {
    let console = Console(isQuiet: quiet)
    let workflow = try workflow()
    if list {
      let estimate = try await workflow.estimate(console.reporter)
      console.finish(0)
      if json { try JSONOutput.write(estimate) } else { print(estimate.text) }
      return
    }
    let work = Task { try await workflow.run(console.reporter) }
    let result = try await Interrupt.value(of: work)
    console.finish(reportOnly ? 0 : result.inputCount)
    if json {
      try JSONOutput.write(result)
    } else {
      print(result.text)
    }
    if !result.failures.isEmpty { throw ExitCode(1) }
    if !result.isComplete { throw ExitCode(130) }
  }

  private func workflow() throws -> EvaluateWorkflow {
    var own = explanation
    let subject = judging.subject(&own.target)
    let request = try own.request(model, preparation, samples, mapInputs, running)
    var workflow = EvaluateWorkflow(request)
    workflow.subject = subject
    workflow.folder = folder
    workflow.tellsOnly = reportOnly
    try judging.apply(to: &workflow)
    return workflow
  }
}
