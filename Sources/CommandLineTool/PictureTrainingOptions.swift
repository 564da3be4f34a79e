import ArgumentParser
import Catalogs
import Explanations
import GraphExecution
import ImageData
import PictureTraining
import StudyWorkflows
import Workflows

/// How a network that is known is trained on pictures.
struct PictureTrainingOptions: ParsableArguments {
  @Option(
    help: "Train on pictures: the ONNX file of the network whose layers are taken.",
    completion: .file(extensions: ["onnx"]))
  var from: String?

  @Option(help: "How many of its last stages are trained; 0 trains the new head alone.")
  var stages = 1

  @Option(help: "Train what lies behind this layer instead.")
  var above: String?

  @Option(help: "Views of every picture, drawn at random: parts of it, mirrored or not.")
  var views = 8

  @Option(help: "How often the views are seen while the head alone is trained, before layers are.")
  var headEpochs: Int?

  @Option(help: "What the learning rate is multiplied with for layers that are known.")
  var layerRate: Float = 0.1

  @Option(
    help: """
      Beside each view, train on one that a map of the network as it is has changed: hide, keep, crop \
      or mix, the method that makes the map behind a colon (hide:cf-cam).
      """)
  var augmentByMaps: String?

  @Option(help: "How pixels are scaled, by name, where the network does not say.")
  var preset: String?

  @Option(help: "Numbers that convolutions compute with while layers are trained.")
  var trainingPrecision = ProgramOptions.Precision.float32

  func validate() throws {
    guard (1...1024).contains(views) else { throw ValidationError("--views must lie in 1…1024.") }
    guard layerRate >= 0, layerRate.isFinite else {
      throw ValidationError("--layer-rate is a number that is not negative.")
    }
    if let preset, PicturePresetCatalog.entries[preset] == nil {
      throw ValidationError("--preset: \(PicturePresetCatalog.entries.absence(of: preset)).")
    }
    if from == nil, above != nil || augmentByMaps != nil || preset != nil || headEpochs != nil {
      throw ValidationError("--above, --augment-by-maps, --preset and --head-epochs need --from.")
    }
  }

  /// What is to be done.
  func workflow(path: String, from: String) throws -> TrainPicturesWorkflow {
    var information = ModelInformation()
    information.preset = preset
    var workflow = TrainPicturesWorkflow(
      path: path, base: ModelSettings(path: from, overrides: information))
    (workflow.stageCount, workflow.above) = (stages, above)
    (workflow.viewCount, workflow.headEpochCount) = (views, headEpochs)
    (workflow.layerRate, workflow.precision) = (layerRate, trainingPrecision)
    workflow.guidance = try augmentByMaps.map(Self.guidance)
    return workflow
  }

  /// Reads a change and the method of its maps.
  private static func guidance(
    _ text: String
  ) throws -> (augmentation: GuidedAugmentation, method: ChosenMethod) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard let change = GuidedAugmentation.Change(rawValue: parts.first ?? "") else {
      let all = GuidedAugmentation.Change.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "--augment-by-maps takes one of \(all), and a method behind a colon, not \"\(text)\".")
    }
    let method = try MethodChoice.methods([parts.count > 1 ? parts[1] : "cf-cam"], settings: [])[0]
    return (GuidedAugmentation(change), method)
  }
}
