import ArgumentParser
import Explanations
import Workflows

/// The command `vitrine inspect`.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Lists the layers of a network and what is known about its inputs.",
    discussion: """
      Shows the layers that maps can be made of; * marks the default. A layer is named by its \
      name, by the end of it, or by its index.

        vitrine inspect network.onnx
        vitrine inspect network.onnx --all
      """)

  @OptionGroup var model: ModelOptions

  @Flag(help: "Also list layers that no map can be made of.")
  var all = false

  @Flag(help: "Write one JSON document instead of a table.")
  var json = false

  func run() throws {
    let result = try InspectWorkflow(model: model.settings()).run()
    if json {
      try JSONOutput.write(result)
    } else {
      print(InspectText(result, listsAll: all).text)
    }
  }
}
