import ArgumentParser
import Explanations
import Workflows

/// The command `vitrine export`.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes an explanation as a network of its own, for any ONNX engine.",
    discussion: """
      The outputs are the scores and, for each method, target and layer, the map on the layer's \
      grid and at the positions of the input. Inputs are prepared as for the network itself.

        vitrine export network.onnx --method grad-cam -o explainer.onnx
      """)

  @OptionGroup var model: ModelOptions

  @OptionGroup(title: "Explanation") var explanation: ExplanationOptions

  @Option(
    name: [.customShort("o"), .customLong("file")], help: "The file to write.",
    completion: .file(extensions: ["onnx"]))
  var file: String

  @Option(help: "Samples that the written network takes at once.")
  var batch = 1

  @Flag(help: "Write one JSON document about the file to standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Write nothing but results, warnings and errors.")
  var quiet = false

  func validate() throws {
    if !(1...4096).contains(batch) { throw ValidationError("--batch must lie in 1…4096.") }
  }

  func run() throws {
    var request = try explanation.request(model.settings())
    request.batch = batch
    let workflow = ExportWorkflow(request, output: file)
    let result = try workflow.run(Console(isQuiet: quiet).reporter)
    if json {
      try JSONOutput.write(result)
    } else {
      let outputs = result.outputs.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      print("\(result.file): " + outputs.joined(separator: ", "))
    }
  }
}
