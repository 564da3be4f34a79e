import ArgumentParser
import Explanations

/// The command itself; everything is done by its subcommands.
struct VitrineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vitrine",
    abstract: "Shows why a convolutional network decided as it did.",
    discussion: """
      Reads a network from an ONNX file, explains what it sees in pictures (PNG, JPEG) or spectra \
      (CSV), and writes pictures and numbers of it.

      Start with what is in a network, what it says, and where it looks:

        vitrine inspect network.onnx
        vitrine predict network.onnx cat.png
        vitrine explain network.onnx cat.png --method grad-cam -o maps
        vitrine compare network.onnx cat.png --target "tiger cat" --target espresso

      Or begin with spectra alone, and train, validate and explain a network in one go:

        vitrine study spectra.csv -o study

      Labels and preprocessing are read from the network's metadata, or from NAME.json beside \
      NAME.onnx; every entry can be given as an option instead.
      """,
    version: VitrineVersion.text,
    subcommands: [
      InspectCommand.self, PredictCommand.self, ExplainCommand.self, CompareCommand.self,
      EvaluateCommand.self, StudyCommand.self, TrainCommand.self,
      AugmentationCommand.self, ExportCommand.self,
      MethodsCommand.self, MetricsCommand.self,
    ])
}
