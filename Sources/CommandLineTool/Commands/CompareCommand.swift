import ArgumentParser
import Explanations
import Figures
import Foundation
import Workflows

/// The command `vitrine compare`.
struct CompareCommand: WaitingCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Draws methods and layers side by side, one picture for each input.",
    discussion: """
      Methods stand across and layers down; several targets stand beside each other, which shows \
      whether a method tells classes apart. Pictures are written as PNG, spectra as PNG and SVG.

        vitrine compare network.onnx cat.png --methods grad-cam,relevance-cam,relevance-map
        vitrine compare network.onnx cat.png --target "tiger cat" --target espresso
        vitrine compare network.onnx cat.png --target "tiger cat" --region 0,0,1,0.5
        vitrine compare network.onnx cat.png --layers 12,30,default --map-scale shared
        vitrine compare plastics.onnx spectra.csv --preprocess snv --unit cm-1 --json

      Of spectra the network's own evidence stands first, and every method explains what it explains.

      Maps of different methods have different units. With --map-scale cell each map is divided by \
      its own largest magnitude; with --map-scale shared all maps of a method by the largest among them, \
      so that layers and targets can be compared. The figure says which; above each map stands \
      its own largest magnitude. A map without a value above zero says "nothing to show".
      """)

  @OptionGroup var model: ModelOptions

  @OptionGroup(title: "Inputs") var samples: SampleOptions

  @OptionGroup(title: "Inputs") var mapInputs: MapInputOptions

  @OptionGroup(title: "Explanation") var explanation: ExplanationOptions

  @Option(help: "What maps are divided by.")
  var mapScale = ComparisonFigure.Division.cell

  @Option(
    help: """
      Prints the share of every map's positive part within left,top,right,bottom, given in shares \
      of a picture's sides (0,0,1,0.5 is the upper half), or within from,to on a spectrum's axis.
      """)
  var region: String?

  @Option(
    name: [.customShort("o"), .customLong("folder")], help: "Folder for the files.",
    completion: .directory)
  var folder = "comparisons"

  @OptionGroup var running: RunOptions

  @OptionGroup(title: "Preparation") var preparation: PreparationOptions

  @Flag(help: "Write one JSON document about files and maps to standard output.")
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
        print(Self.text(input))
        if region != nil { print(RegionTable(input).text) }
      }
    }
    if !result.failures.isEmpty { throw ExitCode(1) }
  }

  private func workflow() throws -> CompareWorkflow {
    let request = try explanation.request(model, preparation, samples, mapInputs, running)
    var workflow = CompareWorkflow(request)
    workflow.division = mapScale
    workflow.region = try region.map(MapRegion.init)
    workflow.folder = folder
    workflow.replacesFiles = running.force
    return workflow
  }

  private static func text(_ input: ComparedInput) -> String {
    let name = input.input + (input.row.map { ", row \($0)" } ?? "")
    let emptyCount = input.cells.count(where: \.isEmpty)
    let note = emptyCount > 0 ? ", \(emptyCount) with nothing to show" : ""
    return "\(name): \(input.cells.count) maps\(note) -> " + input.files.joined(separator: ", ")
  }
}
