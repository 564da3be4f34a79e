import ArgumentParser
import Explanations
import SpectralData
import Workflows

/// The command `vitrine inspect`.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Lists the layers of a network, or what a file of spectra holds.",
    discussion: """
      Shows the layers that maps can be made of; * marks the default. A layer is named by its \
      name, by the end of it, or by its index.

        vitrine inspect network.onnx
        vitrine inspect network.onnx --all

      Of a file of spectra it shows how many there are, their axis and unit, the columns beside them, and \
      what was mended or chosen when it was read.

        vitrine inspect spectra.csv
      """)

  @OptionGroup var model: ModelOptions

  @Flag(help: "Also list layers that no map can be made of.")
  var all = false

  @Flag(help: "Write one JSON document instead of a table.")
  var json = false

  func run() throws {
    if let spectra = try spectra() {
      if json {
        try JSONOutput.write(spectra)
      } else {
        print(SpectraText(spectra).text)
      }
      return
    }
    let result = try InspectWorkflow(model: model.settings()).run()
    if json {
      try JSONOutput.write(result)
    } else {
      print(InspectText(result, listsAll: all).text)
    }
  }

  /// What the file holds if it is one of spectra; nil for a network, or what is taken for one.
  private func spectra() throws -> SpectraInspection? {
    guard !model.model.lowercased().hasSuffix(".onnx") else { return nil }
    do {
      return try SpectraInspection(model.model)
    } catch {
      guard [.unknownFormat, .unreadable].contains(error.code) else { throw error }
      return nil
    }
  }
}
