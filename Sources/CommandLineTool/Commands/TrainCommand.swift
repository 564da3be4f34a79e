import ArgumentParser
import Foundation
import NetworkTraining
import SpectralData
import StudyWorkflows
import Workflows

/// The command `vitrine train`.
struct TrainCommand: WaitingCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Trains one network on spectra or pictures and writes it as an ONNX file.",
    discussion: """
      Spectra, without the divisions, comparisons and report of vitrine study: for a network that is \
      to be used, and for many spectra. Some spectra choose the epoch instead of being trained on.

        vitrine train spectra.csv -o model.onnx --network resnet-average --epochs 200
        vitrine train corn.csv --target protein --validation 0

      Pictures, from a network that is known (--from): its last stages go on learning and it gets a \
      new head; what the stages before make of the pictures is computed once. A folder of pictures \
      for each class, or a table with columns file, class and perhaps group and split.

        vitrine train birds/ --from efficientnet-lite0.onnx --stages 1 -o birds.onnx
        vitrine explain birds.onnx birds/puffin/*.jpg

      Ctrl-C writes the best network so far; --resume goes on with the training.
      """)

  @Argument(
    help: """
      Files of spectra (CSV, JCAMP-DX, SPC, npz…), or folders of them; with --from a folder or a \
      table of pictures.
      """)
  var inputs: [String]

  @Option(name: .shortAndLong, help: "The file of the network.", completion: .file())
  var output = "model.onnx"

  @OptionGroup(title: "Spectra") var spectra: StudySpectraOptions

  @OptionGroup(title: "Network") var network: NetworkOptions

  @OptionGroup(title: "Network") var path: LinearPathOptions

  @OptionGroup(title: "Pictures") var pictures: PictureTrainingOptions

  @Option(help: "Share of samples that choose the epoch; 0 keeps the last epoch.")
  var validation = 0.2

  @Option(help: "Column that says \"train\" or \"test\"; test spectra choose the epoch.")
  var splitColumn: String?

  @Option(help: "Epochs without a lower loss after which training ends.")
  var patience: Int?

  @Option(help: "Where all random numbers start.")
  var seed: UInt64 = 1

  @Flag(help: "Go on with a training that was interrupted.")
  var resume = false

  @Flag(help: "Write one JSON document about the training to standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Write nothing but results, warnings and errors.")
  var quiet = false

  func validate() throws {
    guard validation >= 0, validation < 1 else {
      throw ValidationError("--validation lies between 0 and 1.")
    }
  }

  func execute() async throws {
    let console = Console(isQuiet: quiet)
    let work: Task<TrainedFile, any Error>
    if let from = pictures.from {
      work = Task { [workflow = try picturesWorkflow(from)] in
        try await workflow.run(console.reporter) { console.progress($0) }
      }
    } else {
      work = Task { [workflow = try workflow()] in
        try await workflow.run(console.reporter) { console.progress($0) }
      }
    }
    let trained: TrainedFile
    do {
      trained = try await Interrupt.value(of: work)
    } catch is CancellationError {
      console.end()
      ErrorLine.write("interrupted before the first epoch ended; nothing was written")
      throw ExitCode(130)
    }
    console.end()
    if json { try JSONOutput.write(trained) } else { print(text(trained)) }
    if trained.ending == TrainingEnding.cancelled.rawValue {
      ErrorLine.write("interrupted; the same command with --resume goes on where it stopped")
      throw ExitCode(130)
    }
  }

  private func workflow() throws -> TrainWorkflow {
    var workflow = TrainWorkflow(
      source: try spectra.source(inputs), architecture: try network.architecture)
    network.apply(to: &workflow.training, seed: seed)
    workflow.augmentation = try network.augmentation
    (workflow.preprocessing, workflow.preprocessingSearch) = try spectra.preparation
    workflow.linearPath = path.linearPath.components
    workflow.training.patience = patience
    workflow.source.splitColumn = splitColumn
    workflow.validationShare = validation
    workflow.path = output
    workflow.resumes = resume
    return workflow
  }

  private func picturesWorkflow(_ from: String) throws -> TrainPicturesWorkflow {
    guard inputs.count == 1 else {
      throw ValidationError("--from takes one folder or table of pictures, not \(inputs.count).")
    }
    guard network.layer.isEmpty, network.augment == "none", splitColumn == nil else {
      throw ValidationError(
        "--layer, --augment and --split-column are for spectra, not with --from.")
    }
    var workflow = try pictures.workflow(path: inputs[0], from: from)
    (workflow.epochCount, workflow.batchSize) = (network.epochs, network.batch)
    (workflow.learningRate, workflow.seed) = (network.learningRate, seed)
    workflow.validationShare = validation
    (workflow.output, workflow.resumes) = (output, resume)
    if network.balanced { workflow.classWeights = .balanced }
    workflow.patience = patience
    return workflow
  }

  private func text(_ trained: TrainedFile) -> String {
    let samples = pictures.from == nil ? "spectra" : "pictures"
    var parts = ["\(trained.trainingCount) \(samples), epoch \(trained.chosenEpoch)"]
    if let loss = trained.loss { parts.append(String(format: "loss %.4g", loss)) }
    if let loss = trained.validationLoss {
      parts.append(String(format: "validation loss %.4g", loss))
    }
    if let accuracy = trained.validationAccuracy {
      parts.append(String(format: "%.1f %% of %d right", 100 * accuracy, trained.validationCount))
    }
    return parts.joined(separator: ", ") + " -> \(trained.path)"
  }
}
