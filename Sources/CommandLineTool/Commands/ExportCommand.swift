import ArgumentParser
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

  @Option(
    help: ArgumentHelp(
      "Samples that the written network takes at once: a number, or `dynamic` for any; one, or as "
        + "many as the network insists on, if not given.",
      valueName: "n|dynamic"))
  var batch: ExportBatch?

  @Option(help: "The version of the ONNX operator set, from 16 to 23.")
  var opset = 17

  @Flag(help: "Write one JSON document about the file to standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Write nothing but results, warnings and errors.")
  var quiet = false

  func run() throws {
    var request = try explanation.request(model.settings())
    if case .fixed(let count)? = batch { request.batch = count }
    var workflow = ExportWorkflow(request, output: file)
    workflow.hasFreeBatch = batch == .dynamic
    workflow.opset = opset
    let result = try workflow.run(Console(isQuiet: quiet).reporter)
    if json {
      try JSONOutput.write(result)
    } else {
      print("\(result.file): operator set \(result.opset)")
      for port in result.inputs { print("  input   \(port)") }
      for port in result.outputs { print("  output  \(port)") }
    }
  }
}

/// How many samples a written network takes.
enum ExportBatch: Hashable, ExpressibleByArgument {
  /// This many at once.
  case fixed(Int)
  /// Any number.
  case dynamic

  init?(argument: String) {
    if argument == "dynamic" {
      self = .dynamic
    } else if let count = Int(argument), (1...4096).contains(count) {
      self = .fixed(count)
    } else {
      return nil
    }
  }
}
