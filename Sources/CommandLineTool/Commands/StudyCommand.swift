import ArgumentParser
import Chemometrics
import SpectralData
import StudyEngine
import StudyWorkflows
import Workflows

/// The command `vitrine study`.
struct StudyCommand: WaitingCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract: "Trains a network on spectra, sets PLS beside it, and shows which bands decided.",
    discussion: """
      Trains networks and fits PLS-LDA (for classes) or PLS regression (for a quantity) on the same \
      random divisions into training and test spectra, compares how well they predict, and finds \
      the bands that each model uses. Writes a report (report.html), the network trained on all \
      spectra (model.onnx, ready for vitrine explain), figures, and tables for spreadsheets.

        vitrine study coffee.csv -o study
        vitrine study meat.csv --replicates 2 --axis 1005:1868 --unit cm-1
        vitrine study corn.csv --target protein --preprocess snv --splits 50
        vitrine study corn.csv --target moisture,oil,protein
        vitrine study spectra.csv --folds 10 --repeats 5 --network resnet-flatten --epochs 100

      In a table, columns beside the spectra are recognized by their names (label, class, sample, \
      group…); columns of numbers are quantities. Where several may be meant the command lists them. \
      Classes may also be folders, parts of names, or a table that names the files:

        vitrine study spectra classes.csv
        vitrine study spectra --class-from 'name:(.*)_\\d+'
        vitrine study train.csv --test test.csv

      Interrupt with Ctrl-C and go on with --resume.
      """)

  @Argument(help: "Files of spectra (CSV, JCAMP-DX, SPC, npz…), or folders of them.")
  var inputs: [String]

  @Option(name: .shortAndLong, help: "Folder for the files.", completion: .directory)
  var output = "study"

  @OptionGroup(title: "Spectra") var spectra: StudySpectraOptions

  @OptionGroup(title: "Validation") var validation: StudyValidationOptions

  @OptionGroup(title: "Network") var network: NetworkOptions

  @OptionGroup(title: "Network") var path: LinearPathOptions

  @OptionGroup(title: "Models") var models: StudyModelOptions

  @OptionGroup(title: "Evidence") var evidence: StudyEvidenceOptions

  @Flag(help: "Go on with a study that was interrupted in the same folder.")
  var resume = false

  @Flag(help: "Write one JSON document with all numbers to standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Write nothing but results, warnings and errors.")
  var quiet = false

  func execute() async throws {
    let console = Console(isQuiet: quiet)
    let work = Task { [workflow = try workflow()] in
      try await workflow.run(console.reporter) { console.progress($0) }
    }
    let study: WrittenStudy
    do {
      study = try await Interrupt.value(of: work)
    } catch is CancellationError {
      console.end()
      ErrorLine.write("interrupted; the same command with --resume goes on where it stopped")
      throw ExitCode(130)
    }
    console.end()
    if json {
      if study.results.count == 1 {
        try JSONOutput.write(study.result)
      } else {
        try JSONOutput.write(study.results)
      }
    } else {
      let texts = try study.results.map { try StudyText($0).text }
      let named = zip(study.results, texts).map { result, text in
        texts.count > 1 ? "\(result.evidence.first?.name ?? "")\n\(text)" : text
      }
      print(named.joined(separator: "\n\n") + "\n\n-> \(study.files.first ?? "")")
    }
  }

  private func workflow() throws -> StudyWorkflow {
    var workflow = StudyWorkflow(source: try spectra.source(inputs))
    workflow.source.splitColumn = validation.splitColumn
    workflow.source.testPaths = validation.test.isEmpty ? nil : validation.test
    workflow.settings = StudySettings(architecture: try network.architecture)
    network.apply(to: &workflow.settings.training, seed: validation.seed)
    workflow.settings.augmentation = try network.augmentation
    workflow.settings.linearPath = path.linearPath.components
    workflow.settings.startCount = models.starts
    workflow.settings.laneCount = models.jobs
    (workflow.settings.preprocessing, workflow.settings.preprocessingSearch) =
      try spectra.preparation
    workflow.settings.validation = validation.validation
    workflow.settings.permutationCount = validation.permutations
    workflow.settings.componentSearch = ComponentSearch(
      maximumCount: models.maxComponents, seed: validation.seed)
    try evidence.apply(to: &workflow.settings)
    workflow.bandFile = evidence.bands
    workflow.folder = output
    workflow.resumes = resume
    workflow.command = ["vitrine"] + CommandLine.arguments.dropFirst().filter { $0 != "--resume" }
    return workflow
  }
}
