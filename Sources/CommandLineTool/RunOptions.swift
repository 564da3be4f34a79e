import ArgumentParser
import Figures
import GraphExecution

/// How maps are computed and colored: the options that explaining and comparing share.
struct RunOptions: ParsableArguments {
  @Option(help: "Colors of maps without negative values: turbo or jet.")
  var colors = "turbo"

  @Option(help: "Inputs that run at once; chosen by their size if not given.")
  var batch: Int?

  @Option(
    help: ArgumentHelp(
      "Numbers that convolutions compute with: float32, direct-float32 (without Winograd's "
        + "algorithm: rounds less, needs less memory, is slower) or bfloat16."),
    transform: Choice.named)
  var precision = ProgramOptions.Precision.float32

  /// The colors of maps without negative values.
  var colorMap: ColorMap { colors == "jet" ? .jet : .turbo }

  func validate() throws {
    guard ["turbo", "jet"].contains(colors) else {
      throw ValidationError("--colors is turbo or jet, not \"\(colors)\".")
    }
    if let batch, !(1...4096).contains(batch) {
      throw ValidationError("--batch must lie in 1…4096.")
    }
  }
}
