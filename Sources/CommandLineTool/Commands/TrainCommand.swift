import ArgumentParser
import Foundation
import SpectralData
import SpectralLearning
import StudyWorkflows
import Workflows

/// The command `vitrine train`.
struct TrainCommand: WaitingCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Trains one network on spectra and writes it as an ONNX file.",
    discussion: """
      Without the divisions, comparisons and report of vitrine study: for a network that is to be \
      used, and for many spectra. Some spectra choose the epoch instead of being trained on.

        vitrine train spectra.csv -o model.onnx --network resnet-average --epochs 200
        vitrine train corn.csv --target protein --validation 0

      Ctrl-C writes the best network so far; --resume goes on with the training.
      """)

  @Argument(help: "Files of spectra (CSV, JCAMP-DX, SPC, npz…), or folders of them.")
  var inputs: [String]

  @Option(name: .shortAndLong, help: "The file of the network.", completion: .file())
  var output = "model.onnx"

  @OptionGroup(title: "Spectra") var spectra: StudySpectraOptions

  @OptionGroup(title: "Network") var network: NetworkOptions

  @OptionGroup(title: "Network") var path: LinearPathOptions

  @Option(help: "Share of spectra that choose the epoch; 0 keeps the last epoch.")
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
    let work = Task { [workflow = try workflow()] in
      try await workflow.run(console.reporter) { console.progress($0) }
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
    if json { try JSONOutput.write(trained) } else { print(Self.text(trained)) }
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

  private static func text(_ trained: TrainedFile) -> String {
    var parts = ["\(trained.trainingCount) spectra, epoch \(trained.chosenEpoch)"]
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
