import ArgumentParser
import Explanations
import Foundation
import GraphExecution
import StudyWorkflows
import Workflows

/// The command `vitrine augmentation`.
struct AugmentationCommand: WaitingCommand {
  static let configuration = CommandConfiguration(
    commandName: "augmentation",
    abstract: "Finds out whether training on pictures that maps have changed helps.",
    discussion: """
      Trains the last stages of a network in several ways on the same few pictures and tests each on \
      all others: with plain views, and with views in which a map of the network hides, keeps or \
      enlarges the evidence, beside controls that change as much elsewhere. Every picture is tested \
      once for each draw; groups of pictures are never on both sides. Runs that are in the folder of \
      results are not made again, so that more draws (--draws) go on from fewer.

        vitrine augmentation birds/labels.csv --from efficientnet-lite0.onnx -o trial
        vitrine augmentation birds/ --from net.onnx --arms plain,hide:cf-cam,hide:cf-cam:centered

      An arm is plain, or CHANGE:METHOD, or CHANGE:METHOD:PLACE: hide, keep, crop or mix; any method \
      with one map; own, moved, centered (a spot in the middle) or other (the map of another picture).
      """)

  @Argument(help: "A folder of pictures for each class, or a table with columns file and class.")
  var pictures: String

  @Option(help: "The ONNX file of the network whose layers are taken.")
  var from: String

  @Option(name: .shortAndLong, help: "The folder of results.", completion: .directory)
  var output = "augmentation"

  @Option(help: "How many of its last stages are trained.")
  var stages = 1

  @Option(help: "Pictures of each class that are trained on.")
  var shots = 10

  @Option(help: "Parts that pictures are dealt to, each of which is tested once.")
  var folds = 5

  @Option(help: "How often pictures are drawn and networks trained in each part.")
  var draws = 3

  @Option(help: ArgumentHelp("The ways to train, with commas between."))
  var arms: [String] = [AugmentationArm.standard.joined(separator: ",")]

  @Option(help: "Over how many epochs the last stages are trained.")
  var epochs = 10

  @Option(help: "After how many epochs maps are made anew.")
  var interval = 5

  @Option(help: "The learning rate of the head while stages are trained, at its highest.")
  var learningRate: Float = 0.01

  @Option(help: "What the learning rate is multiplied with for layers that are known.")
  var layerRate: Float = 0.1

  @Option(help: "How pixels are scaled, by name, where the network does not say.")
  var preset: String?

  @Option(help: "Numbers that convolutions compute with while stages are trained.")
  var precision = ProgramOptions.Precision.float32

  @Option(
    help: "Runs at a time, each on one processor; as many as there are processors by default.")
  var lanes: Int?

  @Option(help: "Where all random numbers start.")
  var seed: UInt64 = 1

  @Flag(help: "Write one JSON document to standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Write nothing but results, warnings and errors.")
  var quiet = false

  func validate() throws {
    for (name, value) in [
      ("shots", shots), ("draws", draws), ("epochs", epochs), ("interval", interval),
      ("lanes", lanes ?? 1),
    ] where !(1...10_000).contains(value) {
      throw ValidationError("--\(name) must lie in 1…10000.")
    }
    guard folds >= 2 else { throw ValidationError("--folds is at least 2.") }
  }

  func execute() async throws {
    let console = Console(isQuiet: quiet)
    let work = Task { [trial = try trial()] in try await trial.run(console.reporter) }
    let result: TrialResult
    do {
      result = try await Interrupt.value(of: work)
    } catch is CancellationError {
      console.end()
      ErrorLine.write("interrupted; the same command goes on with the runs that are left")
      throw ExitCode(130)
    }
    console.end()
    let report = Report(result)
    if json { try JSONOutput.write(report) } else { print(report.text) }
  }

  private func trial() throws -> AugmentationTrial {
    var information = ModelInformation()
    information.preset = preset
    var trial = try AugmentationTrial(
      path: pictures, base: ModelSettings(path: from, overrides: information), output: output)
    trial.arms = try CommaList.parts(arms).map { (text) throws in try AugmentationArm(text) }
    (trial.stageCount, trial.shotCount, trial.foldCount) = (stages, shots, folds)
    (trial.repeatCount, trial.epochCount, trial.interval) = (draws, epochs, interval)
    (trial.learningRate, trial.layerRate) = (learningRate, layerRate)
    (trial.precision, trial.seed) = (precision, seed)
    if let lanes { trial.laneCount = lanes }
    return trial
  }

  /// What is told of a trial.
  private struct Report: Encodable {
    let runs: Int
    let accuracies: [TrialResult.Accuracy]
    let differences: [TrialResult.Difference]

    init(_ result: TrialResult) {
      runs = result.runs.count
      accuracies = result.accuracies
      let first = result.arms.first ?? ""
      differences = result.arms.dropFirst().flatMap { arm -> [TrialResult.Difference] in
        result.differences(
          of: arm,
          from: [first] + result.arms.filter { $0.hasPrefix(arm + ":") })
      }
    }

    var text: String {
      func percent(_ number: Double) -> String { String(format: "%.1f", 100 * number) }
      func interval(_ bounds: [Double]) -> String {
        bounds.count == 2 ? " (\(percent(bounds[0])) to \(percent(bounds[1])))" : ""
      }
      var lines = [
        "\(runs) runs; right in percent of tests, 95 % intervals over groups of pictures"
      ]
      for row in accuracies {
        lines.append("  \(row.arm)  \(percent(row.share))\(interval(row.interval))")
      }
      lines.append("differences in points")
      for row in differences {
        lines.append(
          "  \(row.arm) − \(row.other)  \(percent(row.mean))\(interval(row.interval)), p "
            + String(format: "%.3g, adjusted %.3g", row.probability, row.adjusted))
      }
      return lines.joined(separator: "\n")
    }
  }
}
