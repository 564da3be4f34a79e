import ArgumentParser
import Figures
import GraphExecution
import Workflows

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

  /// Says how the maps of a request are computed and colored.
  func apply(to request: inout ExplanationRequest) {
    request.colorMap = colors == "jet" ? .jet : .turbo
    request.batch = batch
    request.precision = precision
  }

  func validate() throws {
    guard ["turbo", "jet"].contains(colors) else {
      throw ValidationError("--colors is turbo or jet, not \"\(colors)\".")
    }
    if let batch, !(1...4096).contains(batch) {
      throw ValidationError("--batch must lie in 1…4096.")
    }
  }
}
