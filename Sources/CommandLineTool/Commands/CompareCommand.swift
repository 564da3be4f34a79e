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

      Maps of different methods have different units. With --map-scale cell each map is divided by \
      its own largest magnitude; with --map-scale shared all maps of a method by the largest among them, \
      so that layers and targets can be compared. The figure says which; above each map stands \
      its own largest magnitude. A map without a value above zero says "nothing to show".
      """)

  @OptionGroup var model: ModelOptions

  @Argument(
    help: "Pictures, files of spectra (CSV, JCAMP-DX, SPC, npz…), or folders of them.",
    completion: .file())
  var inputs: [String]

  @OptionGroup(title: "Comparison") var comparison: ComparisonOptions

  @Option(
    help: """
      Prints the share of every map's positive part within left,top,right,bottom, given in shares \
      of a picture's sides (0,0,1,0.5 is the upper half), or within from,to on a spectrum's axis.
      """)
  var region: String?

  @Option(name: .shortAndLong, help: "Folder for the files.", completion: .directory)
  var output = "comparisons"

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
    var workflow = CompareWorkflow(
      model: try model.settings(preparation.information()), inputs: inputs,
      methods: try comparison.chosenMethods())
    workflow.layers = comparison.layerNames
    workflow.targets = comparison.target
    workflow.form = comparison.score
    workflow.upsampling = comparison.upsampling
    workflow.division = comparison.mapScale
    workflow.region = try region.map(MapRegion.init)
    workflow.folder = output
    workflow.colorMap = running.colorMap
    workflow.batch = running.batch
    workflow.precision = running.precision
    workflow.unit = try preparation.axisUnit()
    return workflow
  }

  private static func text(_ input: ComparedInput) -> String {
    let name = input.input + (input.row.map { ", row \($0)" } ?? "")
    let emptyCount = input.cells.count(where: \.isEmpty)
    let note = emptyCount > 0 ? ", \(emptyCount) with nothing to show" : ""
    return "\(name): \(input.cells.count) maps\(note) -> " + input.files.joined(separator: ", ")
  }
}

/// What is compared.
struct ComparisonOptions: ParsableArguments {
  @Option(
    name: [.customShort("m"), .customLong("methods"), .customLong("method")],
    parsing: .singleValue,
    help: """
      Methods of "vitrine methods" with commas, or "all"; by default \
      grad-cam,relevance-cam,relevance-map.
      """)
  var methods: [String] = []

  @Option(
    name: [.customShort("l"), .customLong("layers"), .customLong("layer")],
    parsing: .singleValue,
    help: """
      Layers of "vitrine inspect" with commas: names, ends of names, or indices. "all", the \
      default, takes the last of each resolution, "every" each that has a map.
      """)
  var layers: [String] = []

  @Option(
    name: .shortAndLong, parsing: .singleValue,
    help: """
      What is explained: a label, an index, top, top2…, or A-vs-B for a margin; repeat it for \
      several side by side. The class with the highest score by default.
      """)
  var target: [String] = []

  @Option(help: "What maps are divided by: cell or shared.", transform: Choice.named)
  var mapScale = ComparisonFigure.Division.cell

  @Option(help: "What of the target is explained: logit or probability.", transform: Choice.named)
  var score = ScoreForm.logit

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "A setting of the methods, such as rectified=false; can be repeated.")
  var settings: [String] = []

  @Option(
    help: "How maps are brought to the input: receptive-field or half-pixel.",
    transform: Choice.named)
  var upsampling = Upsampling.receptiveField

  /// The methods with their settings.
  func chosenMethods() throws -> [ChosenMethod] {
    let names = CommaList.parts(methods)
    let ids = names == ["all"] ? MethodCatalog.entries.map(\.id) : names
    return try MethodChoice.methods(
      ids.isEmpty ? CompareWorkflow.standardMethods : ids, settings: settings)
  }

  /// The names of layers, `all` when there are none.
  var layerNames: [String] {
    let names = CommaList.parts(layers)
    return names.isEmpty ? ["all"] : names
  }
}
